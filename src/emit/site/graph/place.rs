//! Where the items of ordered layers stand: columns as wide as their widest box, and in each column
//! heights close to those of the neighbours, never closer to each other than their gap.

use super::order::{Item, Slots, mean};

/// The height of a box.
pub const BOX_HEIGHT: f64 = 36.0;
/// The room that an edge needs on its way through a layer.
const BEND_HEIGHT: f64 = 6.0;
/// Between two items of a column.
const ROW_GAP: f64 = 12.0;
/// Between two columns.
const COLUMN_GAP: f64 = 40.0;
/// Around everything, so that outlines are not cut off.
pub const MARGIN: f64 = 4.0;

/// How often heights are evened out.
const ROUNDS: usize = 16;

/// A column: where it begins, and how wide it is.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    pub x: f64,
    pub width: f64,
}

/// Columns from left to right; `widths` are those of the nodes.
pub fn columns(slots: &Slots, widths: &[f64]) -> Vec<Column> {
    let mut x = MARGIN;
    let mut out = Vec::new();
    for layer in &slots.layers {
        let width_of = |item: &usize| match slots.items[*item] {
            Item::Node(node) => widths[node],
            Item::Bend(_) => 0.0,
        };
        let width = layer.iter().map(width_of).fold(0.0, f64::max);
        out.push(Column { x, width });
        x += width + COLUMN_GAP;
    }
    out
}

/// The middle of each item, from the top; the first one stands as high as the margin allows.
pub fn heights(slots: &Slots) -> Vec<f64> {
    let mut ys = vec![0.0; slots.items.len()];
    for layer in &slots.layers {
        for (&item, offset) in layer.iter().zip(offsets(slots, layer)) {
            ys[item] = offset;
        }
    }
    for round in 0..ROUNDS {
        let forward = round % 2 == 0;
        let count = slots.layers.len();
        for step in 0..count {
            let layer = if forward { step } else { count - 1 - step };
            settle(slots, layer, forward, &mut ys);
        }
    }
    let top = ys.iter().zip(&slots.items).map(|(y, item)| y - height_of(*item) / 2.0);
    let shift = MARGIN - top.fold(f64::INFINITY, f64::min);
    ys.iter().map(|y| (y + shift).round()).collect()
}

/// Moves a layer's items as near as they can come to the mean of their neighbours.
fn settle(slots: &Slots, layer: usize, forward: bool, ys: &mut [f64]) {
    let items = &slots.layers[layer];
    let neighbours = if forward { &slots.before } else { &slots.after };
    let other = if forward { &slots.after } else { &slots.before };
    let wanted: Vec<f64> = items
        .iter()
        .map(|&item| mean(&neighbours[item], ys).or_else(|| mean(&other[item], ys)).unwrap_or(ys[item]))
        .collect();
    let offsets = offsets(slots, items);
    let free: Vec<f64> = wanted.iter().zip(&offsets).map(|(wanted, offset)| wanted - offset).collect();
    for ((&item, y), offset) in items.iter().zip(in_order(&free)).zip(offsets) {
        ys[item] = y + offset;
    }
}

/// Where the items of a layer stand when they are as close as may be.
fn offsets(slots: &Slots, layer: &[usize]) -> Vec<f64> {
    let mut out = Vec::new();
    let mut y = 0.0;
    for (at, &item) in layer.iter().enumerate() {
        if at > 0 {
            let both = height_of(slots.items[layer[at - 1]]) + height_of(slots.items[item]);
            y += both / 2.0 + ROW_GAP;
        }
        out.push(y);
    }
    out
}

fn height_of(item: Item) -> f64 {
    match item {
        Item::Node(_) => BOX_HEIGHT,
        Item::Bend(_) => BEND_HEIGHT,
    }
}

/// The values closest to the given ones of which none is less than the one before: runs that are
/// out of order become their mean.
fn in_order(values: &[f64]) -> Vec<f64> {
    let mut runs: Vec<(f64, usize)> = Vec::new();
    for &value in values {
        let mut run = (value, 1);
        while let Some(&(last, count)) = runs.last().filter(|(last, _)| *last > run.0) {
            runs.pop();
            run = ((last * count as f64 + run.0 * run.1 as f64) / (count + run.1) as f64, count + run.1);
        }
        runs.push(run);
    }
    runs.into_iter().flat_map(|(value, count)| std::iter::repeat_n(value, count)).collect()
}

#[cfg(test)]
mod tests {
    use super::in_order;

    #[test]
    fn runs_out_of_order_become_their_mean() {
        assert_eq!(in_order(&[1.0, 5.0, 3.0, 9.0]), [1.0, 4.0, 4.0, 9.0]);
        assert_eq!(in_order(&[3.0, 2.0, 1.0]), [2.0, 2.0, 2.0]);
    }
}
