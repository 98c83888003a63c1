/** Texts of a question to the approver. */
export const questionsEnUs = {
  open: 'Ask…',
  title: 'Your question goes to the thread and mentions the approver. The approval stays as it is.',
  label: 'What do you want to know?',
  placeholder: 'What you need to know before you confirm',
  error: 'Write your question.',
  send: 'Ask the approver',
  posted: (by: string, approver: string, name: string, question: string) =>
    `${name}: ${by} asks ${approver}, who approved the unblock: ${question}`,
};
