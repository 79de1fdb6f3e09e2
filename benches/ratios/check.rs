//! `rootwalk check` of many files on disk, as a process, against one thread that reads the same files and does a bare `ron::from_str` of each.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use rootwalk::catalog::ron_files;

use crate::bare::Bare;
use crate::random::Random;
use crate::{median, ratio};

pub(crate) fn many() {
    // Where others use the machine, wall-clock time says little of the cores, and CPU time more.
    println!("rootwalk check of generated flows against a bare ron::from_str of the same files (median, alternating)");
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let mut cost = Vec::new();
    for (count, runs) in [(100, 41), (1_000, 11), (10_000, 5)] {
        let folder = tempfile::tempdir().expect("a folder for the flows");
        let bytes = generate(folder.path(), count);
        let files = ron_files(folder.path()).expect("written");
        let (mut ours, mut one_core, mut theirs) = (Vec::new(), Vec::new(), Vec::new());
        let (mut own_ticks, mut child_ticks) = (0, 0);
        for _ in 0..runs {
            let before = ticks();
            theirs.push(bare(&files));
            ours.push(check(folder.path(), None));
            let after = ticks();
            own_ticks += after.0 - before.0;
            child_ticks += after.1 - before.1;
            one_core.push(check(folder.path(), Some("0")));
        }
        let (ours, one_core, theirs) = (median(ours), median(one_core), median(theirs));
        cost.push(ours.as_secs_f64() / count as f64);
        println!(
            "  {count:>6} flows {:>6.1} MB  bare {theirs:>9.1?}  check {ours:>9.1?}  {:.2} ×  (goal ≤ 2 ×)",
            bytes as f64 / 1e6,
            ratio(ours, theirs),
        );
        println!(
            "  {:>23}  CPU time of all threads {:.2} ×; on one core {one_core:.1?}, so {cores} cores are {:.2} × as fast",
            "",
            child_ticks as f64 / own_ticks as f64,
            ratio(one_core, ours),
        );
    }
    println!(
        "  cost a flow, 10,000 against 100: {:.2} ×; 10,000 against 1,000: {:.2} ×\n",
        cost[2] / cost[0],
        cost[2] / cost[1]
    );
}

/// Writes copies of the shipped flows, each with an id and titles of its own; returns their bytes. Nothing is wrong with them.
fn generate(folder: &Path, count: usize) -> usize {
    let shipped: Vec<(String, String)> = ron_files(Path::new("flows"))
        .expect("run in the repository")
        .iter()
        .map(|path| {
            let stem = path.file_stem().and_then(|stem| stem.to_str()).expect("an id").to_owned();
            (stem, fs::read_to_string(path).expect("a flow"))
        })
        .collect();
    let mut random = Random(7);
    let mut bytes = 0;
    for n in 0..count {
        let (stem, text) = &shipped[n % shipped.len()];
        let id = format!("{stem}-{n}");
        let text = text
            .replacen(&format!("id: \"{stem}\""), &format!("id: \"{id}\""), 1)
            .replace("title: \"", &format!("title: \"{} ", random.below(1_000_000)));
        bytes += text.len();
        let product = folder.join(format!("product-{}", n % 100));
        fs::create_dir_all(&product).expect("a folder");
        fs::write(product.join(format!("{id}.ron")), text).expect("written");
    }
    bytes
}

fn bare(files: &[PathBuf]) -> Duration {
    let start = Instant::now();
    for file in files {
        let text = fs::read_to_string(file).expect("a flow");
        std::hint::black_box(ron::from_str::<Bare>(&text).expect("a good flow"));
    }
    start.elapsed()
}

/// Runs the program, on one core if asked for.
fn check(folder: &Path, core: Option<&str>) -> Duration {
    let mut command = Command::new("taskset");
    if let Some(core) = core {
        command.args(["-c", core, env!("CARGO_BIN_EXE_rootwalk")]);
    } else {
        command = Command::new(env!("CARGO_BIN_EXE_rootwalk"));
    }
    command.arg("check").arg(folder).env("SOURCE_DATE_EPOCH", "1795219200").stdin(Stdio::null());
    let start = Instant::now();
    let output = command.output().expect("the program, and taskset of util-linux");
    let took = start.elapsed();
    assert!(output.status.success() && output.stdout.is_empty(), "{}", String::from_utf8_lossy(&output.stdout));
    took
}

/// Returns the CPU time used so far, in ticks of the kernel: this process's, and that of its children that ended.
fn ticks() -> (u64, u64) {
    let stat = fs::read_to_string("/proc/self/stat").expect("Linux");
    let (_, fields) = stat.rsplit_once(')').expect("the name stands in brackets");
    let fields: Vec<u64> =
        fields.split_whitespace().skip(11).take(4).map(|field| field.parse().expect("a number")).collect();
    (fields[0] + fields[1], fields[2] + fields[3])
}
