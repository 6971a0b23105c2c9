//! From a graph to boxes and ways: what `draw` puts into SVG.

use super::layers::{assign_layers, straighten};
use super::order::Slots;
use super::place::{BOX_HEIGHT, Column, MARGIN, columns, heights};

/// A box: its upper left corner and its size.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub height: f64,
}

/// The way of an edge from left to right: straight through each column, curved between two.
#[derive(Clone, Debug, PartialEq)]
pub struct Way {
    /// From the right side of the first box to the left side of the last one; between them pairs of
    /// points, where it enters a column and where it leaves it.
    pub points: Vec<(f64, f64)>,
    /// Whether it leads from right to left in fact.
    pub turned: bool,
}

/// A graph that is laid out.
#[derive(Clone, Debug, PartialEq)]
pub struct Layout {
    pub boxes: Vec<Place>,
    pub ways: Vec<Way>,
    pub width: f64,
    pub height: f64,
}

/// Lays out a graph: the widths of its boxes, and edges from what comes first to what follows.
pub fn lay_out(widths: &[f64], edges: &[(usize, usize)]) -> Layout {
    let edges = straighten(widths.len(), edges);
    let layer_of = assign_layers(widths.len(), &edges);
    let mut slots = Slots::new(&layer_of, &edges);
    slots.untangle();
    let columns = columns(&slots, widths);
    let ys = heights(&slots);
    let boxes: Vec<Place> = (0..widths.len())
        .map(|node| {
            let Column { x, width } = columns[layer_of[node]];
            Place { x, y: ys[node] - BOX_HEIGHT / 2.0, width, height: BOX_HEIGHT }
        })
        .collect();
    let ways = slots.ways.iter().zip(&edges).map(|(items, edge)| {
        let mut points = Vec::new();
        for (at, &item) in items.iter().enumerate() {
            let Column { x, width } = columns[layer_of[edge.from] + at];
            if at > 0 {
                points.push((x, ys[item]));
            }
            if at + 1 < items.len() {
                points.push((x + width, ys[item]));
            }
        }
        Way { points, turned: edge.turned }
    });
    let last = columns.last().copied().unwrap_or(Column { x: MARGIN, width: 0.0 });
    let bottom = boxes.iter().map(|place| place.y + place.height);
    let lowest = ways.clone().flat_map(|way| way.points).map(|(_, y)| y);
    Layout {
        ways: ways.collect(),
        width: last.x + last.width + MARGIN,
        height: bottom.chain(lowest).fold(0.0, f64::max) + MARGIN,
        boxes,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Pseudo-random graphs of some size, the same in each run.
    fn graphs() -> impl Iterator<Item = (Vec<f64>, Vec<(usize, usize)>)> {
        (2..40_u64).map(|seed| {
            let mut state = seed;
            let mut next = |below: u64| {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                usize::try_from((state >> 33) % below).unwrap_or_default()
            };
            let count = 2 + next(30);
            let widths = (0..count).map(|_| 60.0 + next(120) as f64).collect();
            let edges = (0..count + next(20)).map(|_| (next(count as u64), next(count as u64))).collect();
            (widths, edges)
        })
    }

    fn apart(one: &Place, other: &Place) -> bool {
        one.x + one.width <= other.x
            || other.x + other.width <= one.x
            || one.y + one.height <= other.y
            || other.y + other.height <= one.y
    }

    #[test]
    fn boxes_never_overlap_and_stay_inside() {
        for (widths, edges) in graphs() {
            let layout = lay_out(&widths, &edges);
            for (at, one) in layout.boxes.iter().enumerate() {
                assert!(one.x >= 0.0 && one.y >= 0.0 && one.width >= widths[at], "{one:?}");
                assert!(one.x + one.width <= layout.width && one.y + one.height <= layout.height);
                for other in &layout.boxes[at + 1..] {
                    assert!(apart(one, other), "{one:?} and {other:?}");
                }
            }
        }
    }

    #[test]
    fn no_edge_runs_through_a_box() {
        for (widths, edges) in graphs() {
            let layout = lay_out(&widths, &edges);
            for way in &layout.ways {
                // The pairs in the middle are straight lines through a column.
                for pair in way.points[1..way.points.len() - 1].chunks(2) {
                    let [(x1, y), (x2, _)] = pair else { panic!("pairs of points") };
                    let line = Place { x: *x1, y: *y, width: x2 - x1, height: 0.0 };
                    for place in &layout.boxes {
                        assert!(apart(&line, place), "{line:?} through {place:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn the_same_graph_is_laid_out_in_the_same_way() {
        for (widths, edges) in graphs() {
            assert_eq!(lay_out(&widths, &edges), lay_out(&widths, &edges));
        }
    }

    #[test]
    fn a_graph_without_edges_and_one_of_circles_alone_are_laid_out() {
        assert_eq!(lay_out(&[50.0, 60.0], &[]).ways.len(), 0);
        let circle = lay_out(&[50.0; 3], &[(0, 1), (1, 2), (2, 0)]);
        assert_eq!(circle.ways.iter().filter(|way| way.turned).count(), 1);
        assert_eq!(lay_out(&[], &[]).boxes.len(), 0);
    }
}
