/** A report as data, independent of its HTML or Markdown form. All texts are literal and contain no markup. */
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
