import { type Line, type Section, shortenedLines } from '../card-lines.ts';

export type Data = Readonly<Record<string, string>>;

/** A button that sends a click. */
export type Execute = {
  readonly verb: string;
  readonly title: string;
  readonly style: 'default' | 'positive' | 'destructive';
  /** Secondary buttons are in the menu behind the others. */
  readonly mode: 'primary' | 'secondary';
  /** `auto` sends the inputs beside the button, and required ones must be filled in first. */
  readonly inputs: 'auto' | 'none';
  readonly data: Data;
};

type Box = { readonly id: string; readonly title: string; readonly error: string };

/** A step of a form: what to check, and a required box to confirm that it was done. */
export type Step = Section & { readonly boxes: readonly Box[] };

type TextInput = {
  readonly id: string;
  readonly label: string;
  readonly placeholder: string;
  readonly required: boolean;
  readonly error: string;
};

/**
 * What opens beneath a button: texts, inputs, and the buttons that send them. Inputs are in a form of their own, because iOS
 * blocks every button that has a required input beside it (microsoft/AdaptiveCards#8585).
 */
export type Form = {
  readonly title: string;
  readonly style: Execute['style'];
  readonly lines: readonly Line[];
  readonly steps: readonly Step[];
  readonly texts: readonly TextInput[];
  readonly buttons: readonly Execute[];
};

/** Creates a button; an ordinary one without inputs, unless `more` says otherwise. */
export function button(
  verb: string,
  title: string,
  data: Data,
  more: Partial<Pick<Execute, 'style' | 'inputs'>> = {},
): Execute {
  return { verb, title, style: 'default', mode: 'primary', inputs: 'none', data, ...more };
}

type FormContent = Pick<Form, 'title' | 'style'> &
  Partial<Pick<Form, 'lines' | 'steps' | 'texts'>> & {
    readonly verb: string;
    readonly send: string;
    readonly data: Data;
  };

/** Creates a form with one button, titled `send`, which sends its inputs. */
export function formOf({ title, style, lines = [], steps = [], texts = [], verb, send, data }: FormContent): Form {
  const buttons = [button(verb, send, data, { style, inputs: 'auto' })];
  return { title, style, lines, steps, texts, buttons };
}

/** Cuts the texts in a form that come from outside. */
export function shortenedForm(form: Form, longest: number): Form {
  const steps = form.steps.map((step) => ({ ...step, lines: shortenedLines(step.lines, longest) }));
  return { ...form, lines: shortenedLines(form.lines, longest), steps };
}
