//! Values as Grafana writes them: "1.07 s" for 1072 with the unit `ms`, "3.09K req/s", "1.20 K".

/// Units that count by thousands: Grafana's id, and what stands behind the number.
const COUNTS: [(&str, &str); 14] = [
    ("reqps", "req/s"),
    ("ops", "ops/s"),
    ("rps", "rd/s"),
    ("wps", "wr/s"),
    ("iops", "io/s"),
    ("cps", "c/s"),
    ("eps", "evt/s"),
    ("mps", "msg/s"),
    ("rowsps", "rows/s"),
    ("reqpm", "req/m"),
    ("opm", "ops/m"),
    ("rpm", "rd/m"),
    ("wpm", "wr/m"),
    ("cpm", "c/m"),
];

const MILLISECONDS: [(f64, &str); 5] =
    [(1.0, " ms"), (1e3, " s"), (6e4, " min"), (3.6e6, " hour"), (8.64e7, " day")];

/// A value in the size in which it reads best: number, and what stands behind it.
pub fn scaled(value: f64, unit: Option<&str>) -> (f64, String) {
    let steps = |factor: f64, names: &[&str]| by_steps(value, factor, names);
    match unit.unwrap_or("none") {
        "none" | "" => (value, String::new()),
        "short" => steps(1000.0, &["", " K", " Mil", " Bil", " Tri"]),
        "ms" => by_table(value, &MILLISECONDS),
        "s" if value == 0.0 => (0.0, " s".to_owned()),
        "s" if value.abs() < 1e-6 => (value * 1e9, " ns".to_owned()),
        "s" if value.abs() < 1e-3 => (value * 1e6, " µs".to_owned()),
        "s" => by_table(value * 1e3, &MILLISECONDS),
        "µs" | "us" => by_table(value, &[(1.0, " µs"), (1e3, " ms"), (1e6, " s")]),
        "ns" => by_table(value, &[(1.0, " ns"), (1e3, " µs"), (1e6, " ms"), (1e9, " s")]),
        "percent" => (value, "%".to_owned()),
        "percentunit" => (value * 100.0, "%".to_owned()),
        "bytes" => steps(1024.0, &[" B", " KiB", " MiB", " GiB", " TiB"]),
        "decbytes" => steps(1000.0, &[" B", " kB", " MB", " GB", " TB"]),
        "binBps" => steps(1024.0, &[" B/s", " KiB/s", " MiB/s", " GiB/s", " TiB/s"]),
        "Bps" => steps(1000.0, &[" B/s", " kB/s", " MB/s", " GB/s", " TB/s"]),
        other => match COUNTS.iter().find(|(id, _)| *id == other) {
            Some((_, name)) => {
                let (number, letter) = steps(1000.0, &["", "K", "M", "B", "T"]);
                (number, format!("{letter} {name}"))
            }
            // What Grafana does not know stands behind the number as it is.
            None => (value, format!(" {other}")),
        },
    }
}

fn by_steps(value: f64, factor: f64, names: &[&str]) -> (f64, String) {
    let mut number = value;
    let mut at = 0;
    while number.abs() >= factor && at + 1 < names.len() {
        number /= factor;
        at += 1;
    }
    (number, names[at].to_owned())
}

fn by_table(value: f64, table: &[(f64, &str)]) -> (f64, String) {
    let fits = table.iter().rev().find(|(from, _)| value.abs() >= *from);
    let (from, name) = fits.or_else(|| table.first()).copied().unwrap_or((1.0, ""));
    (value / from, name.to_owned())
}

/// A value with three digits that count.
pub fn format_value(value: f64, unit: Option<&str>) -> String {
    let (number, name) = scaled(value, unit);
    let is_whole = (number - number.round()).abs() < 1e-9;
    let decimals = if is_whole || number == 0.0 { 0 } else { decimals_of(number) };
    format!("{}{name}", unsigned_zero(format!("{number:.decimals$}")))
}

/// Three digits in all; below one, three that count.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 9")]
fn decimals_of(number: f64) -> usize {
    (2.0 - number.abs().log10().floor()).clamp(0.0, 9.0) as usize
}

/// A value on an axis: as many digits as it needs.
pub fn format_tick(value: f64, unit: Option<&str>) -> String {
    let (number, name) = scaled(value, unit);
    let decimals = if number.abs() < 0.01 { 6 } else { 3 };
    let text = format!("{number:.decimals$}");
    format!("{}{name}", unsigned_zero(text.trim_end_matches('0').trim_end_matches('.').to_owned()))
}

fn unsigned_zero(text: String) -> String {
    let is_zero = text.starts_with('-') && text[1..].bytes().all(|byte| b"0.".contains(&byte));
    if is_zero { text[1..].to_owned() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_read_as_in_grafana() {
        let cases = [
            (1072.0, "ms", "1.07 s"),
            (224.0, "ms", "224 ms"),
            (680.684, "ms", "681 ms"),
            (63.26, "ms", "63.3 ms"),
            (0.0, "ms", "0 ms"),
            (90_000.0, "ms", "1.50 min"),
            (0.25, "s", "250 ms"),
            (0.000_25, "s", "250 µs"),
            (2.5, "s", "2.50 s"),
            (185.3, "reqps", "185 req/s"),
            (3090.0, "reqps", "3.09K req/s"),
            (1200.0, "short", "1.20 K"),
            (10.0, "short", "10"),
            (98.76, "percent", "98.8%"),
            (0.5, "percentunit", "50%"),
            (1536.0, "bytes", "1.50 KiB"),
            (7.0, "apples", "7 apples"),
            (-0.000_01, "none", "-0.0000100"),
        ];
        for (value, unit, expected) in cases {
            assert_eq!(format_value(value, Some(unit)), expected);
        }
        assert_eq!(format_value(1234.0, None), "1234");
    }

    #[test]
    fn ticks_have_no_digit_too_many() {
        assert_eq!(format_tick(1500.0, Some("ms")), "1.5 s");
        assert_eq!(format_tick(0.0, Some("reqps")), "0 req/s");
        assert_eq!(format_tick(1200.0, Some("short")), "1.2 K");
        assert_eq!(format_tick(-0.0, None), "0");
        assert_eq!(format_tick(0.005, None), "0.005");
    }
}
