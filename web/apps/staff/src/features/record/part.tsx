import { type ReactNode, useId } from 'react'

/** A part of the record under its heading, or a line that nothing is written in it. */
export function Part({ title, none, children }: { title: string; none: string | false; children: ReactNode }) {
  const id = useId()
  return (
    <section aria-labelledby={id} className="grid min-w-0 gap-3">
      <h2 id={id} className="border-b pb-1 font-semibold text-base">
        {title}
      </h2>
      {none ? <p className="text-muted-foreground text-sm">{none}</p> : children}
    </section>
  )
}
