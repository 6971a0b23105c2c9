//! Query plans as PostgreSQL prints them, and whether two printed texts say the same.

/// The nodes of a plan in the order printed, such as `Seq Scan on posts`; none in a text that is
/// no plan.
#[must_use]
pub fn plan_nodes(text: &str) -> Vec<&str> {
    text.lines()
        .filter(|line| line.contains("(cost=") || line.contains("(actual time="))
        .filter_map(|line| line.split("  (").next())
        .map(|line| line.trim().trim_start_matches("->").trim())
        .collect()
}

/// Query plans agree when they consist of the same nodes: times differ in every run (format.md,
/// "Code"). Everything else must agree line by line, blanks at the ends of lines aside.
#[must_use]
pub fn says_the_same(written: &str, recorded: &str) -> bool {
    let (before, now) = (plan_nodes(written), plan_nodes(recorded));
    if !before.is_empty() && !now.is_empty() {
        return before == now;
    }
    written.trim_end().lines().map(str::trim_end).eq(recorded.trim_end().lines().map(str::trim_end))
}

#[cfg(test)]
mod tests {
    use super::{plan_nodes, says_the_same};

    const SEQ: &str = " Limit  (cost=0.00..1.00 rows=20 width=76) (actual time=14.42..14.43 rows=20 loops=1)\n   ->  Seq Scan on posts  (cost=0.00..1125.00 rows=50000 width=69)\n Execution Time: 14.466 ms\n";

    #[test]
    fn plans_agree_when_their_nodes_do() {
        assert_eq!(plan_nodes(SEQ), ["Limit", "Seq Scan on posts"]);
        let slower = SEQ.replace("14.4", "31.7").replace("1125.00", "1126.10");
        assert!(says_the_same(SEQ, &slower));
        let index = SEQ.replace("Seq Scan on posts", "Index Scan using posts_pkey on posts");
        assert!(!says_the_same(SEQ, &index));
        assert!(!says_the_same(SEQ, "ERROR:  relation \"posts\" does not exist\n"));
    }

    #[test]
    fn other_texts_agree_line_by_line() {
        assert!(says_the_same(" count \n-------\n     3\n", " count\n-------\n     3\n\n"));
        assert!(!says_the_same(" count\n     3\n", " count\n     4\n"));
        assert!(!says_the_same("     3\n", "3\n"), "blanks at the start of a line are part of a table");
    }
}
