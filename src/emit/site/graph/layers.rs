//! In which layer each node of a graph stands: behind everything that leads to it. Circles are
//! tolerated: an edge that closes one is turned round.

/// An edge as it is laid out: always to a later layer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edge {
    pub from: usize,
    pub to: usize,
    /// Whether it leads the other way in fact.
    pub turned: bool,
}

/// The edges without circles: each pair once, loops dropped, edges that close a circle turned round.
pub fn straighten(count: usize, edges: &[(usize, usize)]) -> Vec<Edge> {
    let mut walk = Walk { edges, state: vec![State::New; count], back: Vec::new() };
    (0..count).for_each(|node| walk.visit(node));
    let mut out: Vec<Edge> = Vec::new();
    for &(from, to) in edges.iter().filter(|(from, to)| from != to && *from < count && *to < count) {
        let turned = walk.back.contains(&(from, to));
        let edge = if turned { Edge { from: to, to: from, turned } } else { Edge { from, to, turned } };
        if !out.iter().any(|other| (other.from, other.to) == (edge.from, edge.to)) {
            out.push(edge);
        }
    }
    out
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    Open,
    Done,
}

/// A walk along the edges that notes those that lead back to where it came from.
struct Walk<'a> {
    edges: &'a [(usize, usize)],
    state: Vec<State>,
    back: Vec<(usize, usize)>,
}

impl Walk<'_> {
    fn visit(&mut self, node: usize) {
        if self.state[node] != State::New {
            return;
        }
        self.state[node] = State::Open;
        let edges = self.edges;
        for &(from, to) in edges.iter().filter(|(from, _)| *from == node) {
            match self.state.get(to) {
                Some(State::Open) => self.back.push((from, to)),
                Some(State::New) => self.visit(to),
                Some(State::Done) | None => {}
            }
        }
        self.state[node] = State::Done;
    }
}

/// The layer of each node: the length of the longest way to it. A node to which nothing leads moves
/// up to the first that it leads to, so that its edges are short.
pub fn assign_layers(count: usize, edges: &[Edge]) -> Vec<usize> {
    let mut layers = vec![0; count];
    // Without circles, no way is longer than the number of nodes.
    for _ in 0..count {
        let mut changed = false;
        for edge in edges {
            if layers[edge.to] <= layers[edge.from] {
                layers[edge.to] = layers[edge.from] + 1;
                changed = true;
            }
        }
        if !changed {
            break;
        }
    }
    for node in 0..count {
        if edges.iter().any(|edge| edge.to == node) {
            continue;
        }
        let first = edges.iter().filter(|edge| edge.from == node).map(|edge| layers[edge.to]).min();
        layers[node] = first.map_or(0, |first| first - 1);
    }
    layers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nodes_stand_behind_what_leads_to_them() {
        let edges = straighten(4, &[(0, 1), (1, 2), (0, 2), (3, 2), (0, 1), (2, 2)]);
        assert_eq!(edges.len(), 4, "{edges:?}");
        assert_eq!(assign_layers(4, &edges), [0, 1, 2, 1]);
    }

    #[test]
    fn a_circle_is_laid_out_with_one_edge_turned() {
        let edges = straighten(3, &[(0, 1), (1, 2), (2, 0)]);
        let turned: Vec<_> = edges.iter().filter(|edge| edge.turned).collect();
        assert_eq!(turned.len(), 1, "{edges:?}");
        let layers = assign_layers(3, &edges);
        assert!(edges.iter().all(|edge| layers[edge.from] < layers[edge.to]), "{layers:?}");
    }
}
