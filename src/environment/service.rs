//! Which services run: the stack's, the copies of the app, and what the scenario adds.

use crate::diag::catalog::{manifest as codes, reference};
use crate::diag::{Diagnostic, Sink};
use crate::manifest::environment as declared;
use crate::manifest::stack::StackService;
use crate::source::Span;
use crate::syntax::yaml::{Entries, Scalar, closest};

use super::request::{Request, ServiceInfo};

/// The service that the learner's code runs in, and where the terminal is.
pub const APP: &str = "app";

/// What a service is made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Made {
    /// The app, or a copy of it.
    App,
    /// Another process of the app's code.
    Process,
    /// A service of the stack, by its id there.
    Stack(String),
}

/// A service that runs.
#[derive(Clone, Debug)]
pub struct Service {
    pub id: String,
    pub made: Made,
    pub title: String,
    pub port: Option<u32>,
    pub about: String,
    pub open: Option<String>,
    pub command: Option<String>,
    pub env: Vec<(String, String)>,
    pub cpus: Option<f64>,
    /// Path in the learner's folder, and path inside the container.
    pub mounts: Vec<(String, String)>,
    /// Services that must be up first, and whether it waits until they are healthy.
    pub needs: Vec<(String, bool)>,
    pub scrape: bool,
    pub forwarded: bool,
    pub span: Span,
}

impl Service {
    /// The service as learners meet it.
    pub fn info(&self) -> ServiceInfo {
        ServiceInfo {
            id: self.id.clone(),
            title: self.title.clone(),
            port: self.port,
            about: self.about.clone(),
            open: self.open.clone(),
            forwarded: self.forwarded,
            span: self.span,
        }
    }

    /// Whether it runs the learner's code.
    pub fn runs_code(&self) -> bool {
        matches!(self.made, Made::App | Made::Process)
    }
}

/// The services of a request, in the order in which they are listed. Faults are reported.
pub fn resolve_services(request: &Request, sink: &Sink) -> Vec<Service> {
    let offered = &request.stack.manifest.services;
    let mut services: Vec<Service> = Vec::new();
    for service in offered.iter().filter(|service| !service.optional) {
        if service.id.text == APP {
            services.extend(app_services(request, service));
        } else {
            services.push(stack_service(service));
        }
    }
    for service in &request.environment.services {
        add_declared(service, offered, &mut services, sink);
    }
    forward_processes(&mut services);
    resolve_needs(request, offered, &mut services, sink);
    services
}

/// The app and its copies.
fn app_services(request: &Request, offered: &StackService) -> Vec<Service> {
    let app = &request.environment.app;
    (1..=app.copies.max(1))
        .map(|number| Service {
            id: if number == 1 { APP.to_owned() } else { format!("{APP}{number}") },
            made: Made::App,
            title: match number {
                1 => app.title.value.clone(),
                _ => format!("{}, copy {number}", app.title.value),
            },
            port: Some(app.port.value),
            env: texts(&request.environment.env),
            cpus: app.cpus,
            scrape: true,
            // Copies listen on the same port, each in its own container; one of them can have it outside.
            forwarded: number == 1,
            open: (number == 1).then(|| offered.open.as_ref().map(|text| text.value.clone())).flatten(),
            span: app.span,
            ..stack_service(offered)
        })
        .collect()
}

fn stack_service(offered: &StackService) -> Service {
    Service {
        id: offered.id.text.clone(),
        made: Made::Stack(offered.id.text.clone()),
        title: offered.title.clone(),
        port: Some(offered.port),
        about: offered.about.value.clone(),
        open: offered.open.as_ref().map(|text| text.value.clone()),
        command: None,
        env: Vec::new(),
        cpus: None,
        mounts: Vec::new(),
        needs: Vec::new(),
        scrape: false,
        forwarded: !offered.internal,
        span: offered.span,
    }
}

/// Adds a service of scenario.yml, or lays it over one that runs anyway.
fn add_declared(
    declared: &declared::Service,
    offered: &[StackService],
    services: &mut Vec<Service>,
    sink: &Sink,
) {
    let from = declared.from.as_ref().map_or(declared.id.text.as_str(), |from| from.value.as_str());
    let running = services.iter().position(|service| service.id == declared.id.text);
    if let Some(at) = running {
        if declared.from.is_some() {
            let message = format!("there are two services `{}`", declared.id.text);
            let help = "rename this one; to change the one that runs anyway, leave `from` out";
            sink.push(Diagnostic::new(&codes::DUPLICATE_ID, declared.id.span, message).help(help));
            return;
        }
        lay_over(declared, &mut services[at]);
        return;
    }
    let base = if declared.from.is_some() && from == APP {
        process(declared)
    } else if let Some(offer) = offered.iter().find(|offer| offer.id.text == from && from != APP) {
        stack_service(offer)
    } else {
        let span = declared.from.as_ref().map_or(declared.id.span, |from| from.span);
        let names = offered.iter().map(|offer| offer.id.text.as_str());
        let help = match closest(from, names.clone()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!(
                "write `from: app` for a process of the app's code, or one of: {}",
                names.collect::<Vec<_>>().join(", ")
            ),
        };
        let message = format!("the stack has no service `{from}`");
        sink.push(Diagnostic::new(&reference::UNRESOLVED_REFERENCE, span, message).help(help));
        return;
    };
    let mut service = Service { id: declared.id.text.clone(), span: declared.span, ..base };
    lay_over(declared, &mut service);
    services.push(service);
}

/// A process of the app's code, before what its entry says about it.
fn process(declared: &declared::Service) -> Service {
    Service {
        id: declared.id.text.clone(),
        made: Made::Process,
        title: declared.id.text.clone(),
        port: None,
        about: "Another process of the app's code.".to_owned(),
        open: None,
        command: None,
        env: Vec::new(),
        cpus: None,
        mounts: Vec::new(),
        needs: Vec::new(),
        scrape: false,
        forwarded: false,
        span: declared.span,
    }
}

fn lay_over(declared: &declared::Service, service: &mut Service) {
    if let Some(title) = &declared.title {
        service.title.clone_from(&title.value);
    }
    if let Some(port) = &declared.port {
        service.port = Some(port.value);
    }
    if declared.command.is_some() {
        service.command.clone_from(&declared.command);
    }
    service.env.extend(texts(&declared.env));
    service.cpus = declared.cpus.or(service.cpus);
    service.scrape |= declared.scrape;
    let mounts = declared.mounts.iter().map(|(path, inside)| (path.value.clone(), inside.clone()));
    service.mounts.extend(mounts);
    service.needs.extend(declared.needs.0.iter().map(|id| (id.text.clone(), false)));
}

/// A process is reachable from outside when nothing else has its port.
fn forward_processes(services: &mut [Service]) {
    let mut taken: Vec<u32> =
        services.iter().filter(|service| service.forwarded).filter_map(|service| service.port).collect();
    for service in services.iter_mut().filter(|service| service.made == Made::Process) {
        if let Some(port) = service.port.filter(|port| !taken.contains(port)) {
            service.forwarded = true;
            taken.push(port);
        }
    }
}

/// Lets the app's processes wait for what they stand on, and checks what the scenario names.
fn resolve_needs(request: &Request, offered: &[StackService], services: &mut [Service], sink: &Sink) {
    let backing = |made: &Made| match made {
        Made::Stack(id) => offered.iter().any(|offer| offer.id.text == *id && offer.backing),
        Made::App | Made::Process => false,
    };
    let known: Vec<(String, bool)> =
        services.iter().map(|service| (service.id.clone(), backing(&service.made))).collect();
    for service in &request.environment.services {
        for need in service.needs.0.iter().filter(|need| !known.iter().any(|(id, _)| *id == need.text)) {
            let near = closest(&need.text, known.iter().map(|(id, _)| id.as_str()));
            let message = format!("there is no service `{}`", need.text);
            let help = near.map_or_else(
                || format!("add it to `services`, or remove it here; there are {}", id_list(&known)),
                |near| format!("did you mean `{near}`?"),
            );
            sink.push(Diagnostic::new(&reference::UNRESOLVED_REFERENCE, need.span, message).help(help));
        }
    }
    for service in services {
        if service.runs_code() {
            service.needs.extend(known.iter().filter(|(_, backing)| *backing).cloned());
        }
        let asked = std::mem::take(&mut service.needs);
        for (id, healthy) in &known {
            if *id != service.id && asked.iter().any(|(need, _)| need == id) {
                service.needs.push((id.clone(), *healthy));
            }
        }
    }
}

fn id_list(known: &[(String, bool)]) -> String {
    known.iter().map(|(id, _)| format!("`{id}`")).collect::<Vec<_>>().join(", ")
}

fn texts(entries: &Entries<Scalar>) -> Vec<(String, String)> {
    entries.iter().map(|(name, value)| (name.value.clone(), value.text.clone())).collect()
}
