//! Places a flow's graph on a plane: which row and column each box has, and the way each edge takes.
//!
//! A layered drawing (Sugiyama, Tagawa and Toda 1981; Gansner, Koutsofios, North and Vo 1993): rows by longest path, an order
//! in each row with few crossings by barycentres, columns by least squares under the order (pool adjacent violators), so boxes
//! cannot overlap. An edge has a box of its own for its label and a place in each row that it goes through: it goes straight down
//! through rows and sideways only between them, so it cannot cross a box. `layout-rs` was measured and left: its last pass puts
//! edges through boxes, 70 boxes took it up to a minute, and it asserts, which ends a program that aborts on panic.

/// Least space between neighbours in a row, between rows, and before a row of labels, in pixels.
const GAP: f64 = 22.;
const ROW_GAP: f64 = 30.;
const LABEL_GAP: f64 = 20.;
/// How often the order and the columns are gone over; drawings of real flows settle in about half as many.
const SWEEPS: usize = 24;

/// Holds a rectangle; `x` and `y` are its middle.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Rect {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) width: f64,
    pub(super) height: f64,
}

/// Asks for an edge between two boxes, by their places in the list of sizes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Link {
    pub(super) from: usize,
    pub(super) to: usize,
    /// Width and height of its label.
    pub(super) label: (f64, f64),
}

/// Holds an edge's way.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Route {
    pub(super) label: Rect,
    /// Straight down, one for each row it goes through: `(x, top, bottom)`. Between two of them it crosses the gap between
    /// rows, in which no box stands.
    pub(super) runs: Vec<(f64, f64, f64)>,
}

/// Holds where everything stands.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Layout {
    pub(super) width: f64,
    pub(super) height: f64,
    pub(super) boxes: Vec<Rect>,
    pub(super) routes: Vec<Route>,
}

/// Places boxes of given sizes. The links form a DAG and are sorted so that those that lead to a box come before those
/// that leave it.
pub(super) fn place(sizes: &[(f64, f64)], links: &[Link]) -> Layout {
    let mut rows = Rows::new(sizes, links);
    rows.untangle();
    let x = rows.columns();
    rows.finish(&x, sizes.len())
}

/// Holds the nodes (boxes, then labels, then the places of edges in the rows they go through) in their rows.
struct Rows {
    sizes: Vec<(f64, f64)>,
    row: Vec<usize>,
    up: Vec<Vec<usize>>,
    down: Vec<Vec<usize>>,
    order: Vec<Vec<usize>>,
    /// Each link's nodes from its box to the box it leads to.
    chains: Vec<Vec<usize>>,
}

impl Rows {
    fn new(boxes: &[(f64, f64)], links: &[Link]) -> Self {
        // Boxes stand in the even rows, labels in the odd ones.
        let mut row = vec![0; boxes.len()];
        for link in links {
            row[link.to] = row[link.to].max(row[link.from] + 2);
        }
        let mut sizes = boxes.to_vec();
        let mut chains = Vec::new();
        for link in links {
            let mut chain = vec![link.from];
            for between in row[link.from] + 1..row[link.to] {
                chain.push(sizes.len());
                sizes.push(if chain.len() == 2 { link.label } else { (0., 0.) });
                row.push(between);
            }
            chain.push(link.to);
            chains.push(chain);
        }
        let (mut up, mut down) = (vec![Vec::new(); sizes.len()], vec![Vec::new(); sizes.len()]);
        for (&from, &to) in chains.iter().flat_map(|chain| chain.iter().zip(&chain[1..])) {
            down[from].push(to);
            up[to].push(from);
        }
        let order = vec![Vec::new(); row.iter().max().map_or(0, |last| last + 1)];
        let mut this = Self { sizes, row, up, down, order, chains };
        this.lay_out();
        this
    }

    /// Fills the rows depth first, which leaves a tree without a crossing.
    fn lay_out(&mut self) {
        let mut seen = vec![false; self.sizes.len()];
        for root in 0..self.sizes.len() {
            let mut to_do = vec![root];
            while let Some(at) = to_do.pop() {
                if !std::mem::replace(&mut seen[at], true) {
                    self.order[self.row[at]].push(at);
                    to_do.extend(self.down[at].iter().rev());
                }
            }
        }
    }

    /// Orders each row by the barycentres of the row above, then below, in turn; keeps the best order seen.
    fn untangle(&mut self) {
        let mut place = vec![0.; self.sizes.len()];
        let mut best = (self.crossings(&mut place), self.order.clone());
        for sweep in 0..SWEEPS {
            let is_down = sweep % 2 == 0;
            for step in 0..self.order.len() {
                let at = if is_down { step } else { self.order.len() - 1 - step };
                let near = if is_down { &self.up } else { &self.down };
                let mut keyed: Vec<(f64, usize)> = self.order[at]
                    .iter()
                    .map(|&node| (mean(near[node].iter().map(|&n| (place[n], 1.))).unwrap_or(place[node]), node))
                    .collect();
                keyed.sort_by(|a, b| a.0.total_cmp(&b.0));
                self.order[at] = keyed.into_iter().map(|(_, node)| node).collect();
                number(&self.order[at], &mut place);
            }
            let crossings = self.crossings(&mut place);
            if crossings < best.0 {
                best = (crossings, self.order.clone());
            }
        }
        self.order = best.1;
    }

    /// Counts the crossings between all rows and numbers the nodes in each.
    fn crossings(&self, place: &mut [f64]) -> usize {
        for row in &self.order {
            number(row, place);
        }
        let mut count = 0;
        for row in &self.order {
            let mut passed: Vec<f64> = Vec::new();
            for &node in row {
                let mut ends: Vec<f64> = self.down[node].iter().map(|&to| place[to]).collect();
                ends.sort_by(f64::total_cmp);
                count += ends.iter().map(|&end| passed.len() - passed.partition_point(|&p| p <= end)).sum::<usize>();
                for end in ends {
                    passed.insert(passed.partition_point(|&p| p <= end), end);
                }
            }
        }
        count
    }

    /// Finds the columns: each node as near to its neighbours as the order in its row lets it.
    fn columns(&self) -> Vec<f64> {
        let mut x = vec![0.; self.sizes.len()];
        for row in &self.order {
            self.settle(row, &mut x, |_| None);
        }
        for sweep in 0..SWEEPS {
            let (from_above, from_below) = (sweep % 3 != 1, sweep % 3 != 0);
            for step in 0..self.order.len() {
                let at = if from_above { step } else { self.order.len() - 1 - step };
                let before = x.clone();
                self.settle(&self.order[at], &mut x, |node| {
                    let near = self.up[node]
                        .iter()
                        .filter(|_| from_above)
                        .chain(self.down[node].iter().filter(|_| from_below));
                    mean(near.map(|&n| (before[n], if self.is_thin(node) && self.is_thin(n) { 30. } else { 1. })))
                });
            }
        }
        x
    }

    /// Puts a row's nodes as near to where they want to be as their order and widths allow: pool adjacent violators.
    fn settle(&self, row: &[usize], x: &mut [f64], wish: impl Fn(usize) -> Option<f64>) {
        // In `x - offset` the widths vanish and what is left is an order to keep.
        let mut offset = 0.;
        let mut offsets = Vec::new();
        let mut pools: Vec<(f64, f64, usize)> = Vec::new();
        for (n, &node) in row.iter().enumerate() {
            if n > 0 {
                offset += f64::midpoint(self.sizes[row[n - 1]].0, self.sizes[node].0) + GAP;
            }
            offsets.push(offset);
            let weight = if self.is_thin(node) { 8. } else { 1. };
            let mut pool = (wish(node).unwrap_or(x[node]) - offset, weight, 1);
            while let Some(last) = pools.pop_if(|last| last.0 >= pool.0) {
                let weight = last.1 + pool.1;
                pool = ((last.0 * last.1 + pool.0 * pool.1) / weight, weight, last.2 + pool.2);
            }
            pools.push(pool);
        }
        let settled = pools.iter().flat_map(|&(at, _, count)| std::iter::repeat_n(at, count));
        for ((&node, at), offset) in row.iter().zip(settled).zip(offsets) {
            x[node] = at + offset;
        }
    }

    /// Tells whether a node is only a place that an edge goes through.
    fn is_thin(&self, node: usize) -> bool {
        self.sizes[node].0 == 0.
    }

    fn finish(&self, x: &[f64], boxes: usize) -> Layout {
        let mut bottom = 0.;
        let mut extents = Vec::new();
        for (n, row) in self.order.iter().enumerate() {
            let height = row.iter().map(|&node| self.sizes[node].1).fold(0., f64::max);
            let gap = if n == 0 {
                0.
            } else if n % 2 == 1 {
                LABEL_GAP
            } else {
                ROW_GAP
            };
            extents.push((bottom + gap, bottom + gap + height));
            bottom += gap + height;
        }
        let side = |sign: f64| move |node: usize| x[node] + sign * self.sizes[node].0 / 2.;
        let left = (0..x.len()).map(side(-1.)).fold(f64::INFINITY, f64::min);
        let right = (0..x.len()).map(side(1.)).fold(f64::NEG_INFINITY, f64::max);
        let rect = |node: usize| {
            let ((top, bottom), (width, height)) = (extents[self.row[node]], self.sizes[node]);
            // Boxes hang from the top of their row: what a question says stands at one height.
            let y = if node < boxes { top + height / 2. } else { f64::midpoint(top, bottom) };
            Rect { x: x[node] - left, y, width, height }
        };
        let route = |chain: &Vec<usize>| {
            let run = |(n, &node): (usize, &usize)| {
                let ((top, bottom), at) = (extents[self.row[node]], rect(node));
                let begins = if n == 0 { at.y + at.height / 2. } else { top };
                (at.x, begins, if n + 1 == chain.len() { top } else { bottom })
            };
            Route { label: rect(chain[1]), runs: chain.iter().enumerate().map(run).collect() }
        };
        Layout {
            width: right - left,
            height: bottom,
            boxes: (0..boxes).map(rect).collect(),
            routes: self.chains.iter().map(route).collect(),
        }
    }
}

fn number(row: &[usize], place: &mut [f64]) {
    let mut n = 0.;
    for &node in row {
        place[node] = n;
        n += 1.;
    }
}

/// Returns the weighted mean, if there is anything.
fn mean(values: impl Iterator<Item = (f64, f64)>) -> Option<f64> {
    let (sum, weight) = values.fold((0., 0.), |(sum, all), (value, weight)| (sum + value * weight, all + weight));
    (weight > 0.).then(|| sum / weight)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn overlap(a: &Rect, b: &Rect) -> bool {
        let apart = |a: f64, b: f64, half: f64| (a - b).abs() >= half - 0.5;
        !apart(a.x, b.x, f64::midpoint(a.width, b.width)) && !apart(a.y, b.y, f64::midpoint(a.height, b.height))
    }

    /// Checks that no two boxes overlap, and that no straight run goes through a box or label but its own.
    fn check(layout: &Layout) {
        let labels: Vec<Rect> = layout.routes.iter().map(|route| route.label).collect();
        let all: Vec<&Rect> = layout.boxes.iter().chain(&labels).collect();
        for (n, a) in all.iter().enumerate() {
            assert!(a.x.is_finite() && a.y.is_finite());
            assert!(a.x - a.width / 2. >= -0.5 && a.x + a.width / 2. <= layout.width + 0.5);
            for b in &all[n + 1..] {
                assert!(!overlap(a, b), "{a:?} and {b:?}");
            }
        }
        for route in &layout.routes {
            for &(x, top, bottom) in &route.runs[1..route.runs.len() - 1] {
                let line = Rect { x, y: f64::midpoint(top, bottom), width: 1., height: bottom - top };
                for other in all.iter().filter(|&&&other| other != route.label) {
                    assert!(!overlap(&line, other), "an edge at {x} goes through {other:?}");
                }
            }
        }
    }

    /// A DAG as flows have them: each inner node has two sides, which may be the same.
    fn dag() -> impl Strategy<Value = (usize, Vec<(usize, usize)>, Vec<u8>)> {
        (2_usize..60).prop_flat_map(|inner| {
            let sides = proptest::collection::vec((1..12_usize, 1..12_usize), inner);
            (Just(inner), sides, proptest::collection::vec(1_u8..6, inner + 12))
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(256) })]
        #[test]
        fn nothing_overlaps((inner, sides, heights) in dag()) {
            let sizes: Vec<(f64, f64)> = heights.iter().map(|&lines| (200., 16. + 17. * f64::from(lines))).collect();
            let links: Vec<Link> = sides.iter().enumerate().flat_map(|(from, &(yes, no))| {
                [yes, no].map(|step| Link { from, to: (from + step).min(inner + 11), label: (34., 20.) })
            }).collect();
            check(&place(&sizes, &links));
        }
    }

    #[test]
    fn a_ladder_of_diamonds_takes_no_time() {
        let sizes = vec![(200., 60.); 61];
        let links: Vec<Link> = (0..60).flat_map(|from| [Link { from, to: from + 1, label: (34., 20.) }; 2]).collect();
        check(&place(&sizes, &links));
    }
}
