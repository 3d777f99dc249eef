import { Badge, cn } from '@chairside/ui'
import type { ReactNode } from 'react'

type PageProps = { title: string; about?: ReactNode; end?: ReactNode; narrow?: boolean; children: ReactNode }

/** A page that scrolls as a whole: settings, lists, forms. */
export function Page({ title, about, end, narrow, children }: PageProps) {
  return (
    <div className="h-full overflow-y-auto">
      <title>{title}</title>
      <div className={cn('mx-auto px-6 pt-6 pb-16 max-sm:px-4', narrow ? 'max-w-3xl' : 'max-w-5xl')}>
        <header className="mb-5 flex flex-wrap items-start gap-x-4 gap-y-2">
          <div className="me-auto grid gap-0.5">
            <h1 className="font-semibold text-xl tracking-tight rtl:tracking-normal">{title}</h1>
            {about && <p className="max-w-prose text-muted-foreground text-sm">{about}</p>}
          </div>
          {end}
        </header>
        {children}
      </div>
    </div>
  )
}

type RowsProps = { caption: string; heads: { label: string; className?: string }[]; children: ReactNode }

/** A short list in a frame. */
export function Rows({ caption, heads, children }: RowsProps) {
  return (
    <div className="overflow-x-auto rounded-lg border">
      <table className="w-full text-sm [&_tbody>tr:last-child]:border-b-0">
        <caption className="sr-only">{caption}</caption>
        <thead className="border-b bg-surface text-muted-foreground text-xs *:*:h-9 *:*:px-4 max-sm:*:*:px-2 *:*:text-start *:*:font-medium">
          <tr>
            {heads.map(head => (
              <th key={head.label} scope="col" className={head.className}>
                {head.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  )
}

/** A row that opens its editor; the name is the button, the whole row is its target. */
export function Row({
  name,
  onOpen,
  inactive,
  children,
}: {
  name: string
  onOpen?: () => void
  /** Said beside the name of what is no longer in use. */
  inactive?: string | false
  children?: ReactNode
}) {
  return (
    <tr
      className={cn(
        'relative border-b *:h-11 *:px-4 max-sm:*:px-2',
        onOpen && 'hover:bg-surface',
        inactive && 'text-muted-foreground',
      )}
    >
      <th scope="row" className="text-start font-medium">
        {onOpen ? (
          <button type="button" onClick={onOpen} className="text-start after:absolute after:inset-0">
            <bdi>{name}</bdi>
          </button>
        ) : (
          <bdi>{name}</bdi>
        )}{' '}
        {inactive && <Badge>{inactive}</Badge>}
      </th>
      {children}
    </tr>
  )
}
