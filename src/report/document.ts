/** A report as data: what it says, without how a page or a text writes it. Every text stands there literally. */
export type ReportDocument = {
  readonly language: string;
  readonly title: string;
  readonly sections: readonly ReportSection[];
};

type ReportSection = {
  readonly title: string;
  /** Pairs of a label and a value; a label may be empty. */
  readonly rows: readonly ReportRow[];
};

export type ReportRow = { readonly label: string; readonly value: string };
