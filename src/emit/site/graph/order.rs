//! In which order the nodes of a layer stand, so that few edges cross. An edge that passes a layer
//! has a place in it, as a node has.

use super::layers::Edge;

/// What stands in a layer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Item {
    Node(usize),
    /// An edge on its way through, by its index.
    Bend(usize),
}

/// Layers of items, and which items of neighbouring layers belong together.
#[derive(Clone, Debug)]
pub struct Slots {
    pub items: Vec<Item>,
    /// The items of each layer from top to bottom.
    pub layers: Vec<Vec<usize>>,
    /// For each item, those of the layer before that lead to it.
    pub before: Vec<Vec<usize>>,
    /// For each item, those of the layer behind that it leads to.
    pub after: Vec<Vec<usize>>,
    /// For each edge its items from one end to the other.
    pub ways: Vec<Vec<usize>>,
}

/// How often all layers are put in order again; after that little changes.
const SWEEPS: usize = 12;

impl Slots {
    /// Items in the order of their nodes.
    pub fn new(layer_of: &[usize], edges: &[Edge]) -> Self {
        let count = layer_of.iter().max().map_or(0, |last| last + 1);
        let items: Vec<Item> = (0..layer_of.len()).map(Item::Node).collect();
        let empty = vec![Vec::new(); items.len()];
        let mut slots = Self {
            items,
            layers: vec![Vec::new(); count],
            before: empty.clone(),
            after: empty,
            ways: Vec::new(),
        };
        for (node, &layer) in layer_of.iter().enumerate() {
            slots.layers[layer].push(node);
        }
        for (index, edge) in edges.iter().enumerate() {
            let mut way = vec![edge.from];
            for layer in layer_of[edge.from] + 1..layer_of[edge.to] {
                way.push(slots.add_bend(index, layer));
            }
            way.push(edge.to);
            for pair in way.windows(2) {
                slots.after[pair[0]].push(pair[1]);
                slots.before[pair[1]].push(pair[0]);
            }
            slots.ways.push(way);
        }
        slots
    }

    fn add_bend(&mut self, edge: usize, layer: usize) -> usize {
        let item = self.items.len();
        self.items.push(Item::Bend(edge));
        self.before.push(Vec::new());
        self.after.push(Vec::new());
        self.layers[layer].push(item);
        item
    }

    /// Puts each layer in the order of where its neighbours stand, there and back, and keeps the
    /// order with the fewest crossings.
    pub fn untangle(&mut self) {
        let mut best = (self.crossings(), self.layers.clone());
        for sweep in 0..SWEEPS {
            let forward = sweep % 2 == 0;
            let count = self.layers.len();
            for step in 1..count {
                let layer = if forward { step } else { count - 1 - step };
                self.sort(layer, forward);
            }
            let crossings = self.crossings();
            if crossings < best.0 {
                best = (crossings, self.layers.clone());
            }
        }
        self.layers = best.1;
    }

    /// Sorts a layer by the mean place of its items' neighbours; who has none stays where it is.
    fn sort(&mut self, layer: usize, forward: bool) {
        let places = self.places();
        let neighbours = if forward { &self.before } else { &self.after };
        let mut found: Vec<(f64, usize)> = self.layers[layer]
            .iter()
            .enumerate()
            .map(|(at, &item)| (mean(&neighbours[item], &places).unwrap_or(at as f64), item))
            .collect();
        found.sort_by(|one, other| one.0.total_cmp(&other.0));
        self.layers[layer] = found.into_iter().map(|(_, item)| item).collect();
    }

    /// Where each item stands in its layer.
    fn places(&self) -> Vec<f64> {
        let mut places = vec![0.0; self.items.len()];
        for layer in &self.layers {
            for (at, &item) in layer.iter().enumerate() {
                places[item] = at as f64;
            }
        }
        places
    }

    /// How many pairs of edges cross between two layers, over all layers.
    pub fn crossings(&self) -> usize {
        let places = self.places();
        let mut count = 0;
        for layer in &self.layers {
            let lines: Vec<(f64, f64)> = layer
                .iter()
                .flat_map(|&item| self.after[item].iter().map(move |&to| (item, to)))
                .map(|(from, to)| (places[from], places[to]))
                .collect();
            for (at, one) in lines.iter().enumerate() {
                let crossed = |other: &&(f64, f64)| (one.0 - other.0) * (one.1 - other.1) < 0.0;
                count += lines[at + 1..].iter().filter(crossed).count();
            }
        }
        count
    }
}

/// The mean of some items' values.
pub fn mean(items: &[usize], values: &[f64]) -> Option<f64> {
    if items.is_empty() {
        return None;
    }
    Some(items.iter().map(|&item| values[item]).sum::<f64>() / items.len() as f64)
}

#[cfg(test)]
mod tests {
    use super::super::layers::{assign_layers, straighten};
    use super::*;

    #[test]
    fn crossed_pairs_are_untangled() {
        let edges = straighten(4, &[(0, 3), (1, 2)]);
        let mut slots = Slots::new(&assign_layers(4, &edges), &edges);
        assert_eq!(slots.crossings(), 1);
        slots.untangle();
        assert_eq!(slots.crossings(), 0);
    }

    #[test]
    fn an_edge_has_a_place_in_each_layer_that_it_passes() {
        let edges = straighten(4, &[(0, 1), (1, 2), (2, 3), (0, 3)]);
        let slots = Slots::new(&assign_layers(4, &edges), &edges);
        assert_eq!(slots.ways[3].len(), 4);
        assert_eq!(slots.items.iter().filter(|item| matches!(item, Item::Bend(3))).count(), 2);
    }
}
