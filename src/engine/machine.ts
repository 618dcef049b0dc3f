/** What may follow what: status -> event -> next status. A status without events is final. */
export type Transitions<Status extends string, Event extends string> = Readonly<
  Record<Status, Readonly<Partial<Record<Event, Status>>>>
>

export interface Machine<Status extends string, Event extends string> {
  readonly transitions: Transitions<Status, Event>
  /** The status that `event` leads to, or undefined where the table does not allow it. */
  next(status: Status, event: Event): Status | undefined
  /** True when nothing can follow. */
  isFinal(status: Status): boolean
}

/** A machine is its table: what does not stand in it cannot happen. */
export function machine<Status extends string, Event extends string>(
  transitions: Transitions<Status, Event>,
): Machine<Status, Event> {
  return {
    transitions,
    next: (status, event) => transitions[status][event],
    isFinal: (status) => Object.keys(transitions[status]).length === 0,
  }
}
