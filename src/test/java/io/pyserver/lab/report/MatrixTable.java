package io.pyserver.lab.report;

import java.util.List;

import io.pyserver.lab.evidence.Mechanism;
import io.pyserver.lab.evidence.Policy;
import io.pyserver.lab.evidence.Verdict;

/** The matrix at a glance: each cell a link to what is known of it. */
final class MatrixTable {

	private final Html html;

	private final Matrix matrix;

	private MatrixTable(Html html, Matrix matrix) {
		this.html = html;
		this.matrix = matrix;
	}

	static void append(Html html, Matrix matrix) {
		html.open("section").put("h2", "The matrix", "id", "matrix");
		html.open("div", "class", "scroll", "role", "region", "aria-labelledby", "matrix", "tabindex", "0");
		html.open("table", "class", "matrix");
		new MatrixTable(html, matrix).rows();
		html.close().close().close();
	}

	private void rows() {
		this.html.open("thead").open("tr").put("th", "policy and order", "scope", "col", "rowspan", "2");
		for (Mechanism mechanism : this.matrix.mechanisms()) {
			this.html.put("th", mechanism.label(), "scope", "colgroup", "colspan",
					String.valueOf(this.matrix.columns(mechanism).size()));
		}
		this.html.close().open("tr");
		this.matrix.columns().forEach((column) -> this.html.put("th", column.kind().label(), "scope", "col"));
		this.html.close().close();
		this.matrix.policies().forEach(this::policy);
	}

	private void policy(Policy policy) {
		this.html.open("tbody");
		List<Matrix.Row> rows = this.matrix.rows(policy);
		for (Matrix.Row row : rows) {
			this.html.open("tr").open("th", "scope", "row");
			this.html.put("b", policy.label()).text(" ");
			this.html.put("span", row.order().label()).close();
			this.matrix.columns().forEach((column) -> cell(row, column));
			this.html.close();
		}
		this.html.close();
	}

	private void cell(Matrix.Row row, Matrix.Column column) {
		this.matrix.at(row, column).ifPresentOrElse((result) -> {
			Verdict verdict = result.finding().verdict();
			this.html.open("td", "class", verdict.label());
			this.html.open("a", "href", "#" + result.evidence().cell().id());
			this.html.put("span", VerdictWords.sign(verdict), "class", "sign", "aria-hidden", "true").text(" ");
			this.html.text(VerdictWords.word(verdict)).close().close();
		}, () -> this.html.put("td", "\u2013 not run", "class", "not-run"));
	}

}
