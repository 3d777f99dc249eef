import type { ComponentProps, ReactNode } from 'react'
import { cn } from './cn'

/** A key, shown where there is a keyboard to strike it on. */
export function Kbd({ keys, className }: { keys: string; className?: string }) {
  return (
    <kbd dir="ltr" data-slot="kbd" className={cn('inline-flex gap-0.5 font-sans max-sm:hidden pointer-coarse:hidden', className)}>
      {keys.split(/(?<=[^+ ])[+ ]/).map((key, at) => (
        <span
          key={`${at} ${key}`}
          className="grid h-[18px] min-w-[18px] place-items-center rounded border bg-background px-1 text-2xs text-muted-foreground leading-none"
        >
          {key === 'Mod' ? (/Mac/.test(navigator.userAgent) ? '⌘' : 'Ctrl') : key}
        </span>
      ))}
    </kbd>
  )
}

const tones = {
  neutral: 'bg-muted text-muted-foreground',
  danger: 'bg-destructive-soft text-destructive',
  warn: 'bg-warn-soft text-warn',
}

export function Badge({ tone = 'neutral', className, ...rest }: ComponentProps<'span'> & { tone?: keyof typeof tones }) {
  return (
    <span
      data-slot="badge"
      {...rest}
      className={cn(
        'inline-flex items-center gap-1 whitespace-nowrap rounded px-1.5 py-0.5 font-medium text-xs [&_svg]:size-3.5',
        tones[tone],
        className,
      )}
    />
  )
}

export function Skeleton({ className }: { className?: string }) {
  return <div data-slot="skeleton" aria-hidden className={cn('animate-pulse rounded-md bg-muted', className)} />
}

export function Avatar({ name, className }: { name: string; className?: string }) {
  const initials = name.split(' ').map(word => word[0])
  return (
    <span
      aria-hidden
      data-slot="avatar"
      className={cn('grid size-7 shrink-0 place-items-center rounded-full bg-accent font-semibold text-2xs', className)}
    >
      {initials[0]}
      {initials.at(-1)}
    </span>
  )
}

export function Card({ title, end, children }: { title: string; end?: ReactNode; children: ReactNode }) {
  return (
    <section data-slot="card" className="overflow-hidden rounded-lg border">
      <div className="flex min-h-10 items-center justify-between gap-3 border-b bg-surface ps-4 pe-1.5">
        <h2 className="font-medium text-muted-foreground text-xs">{title}</h2>
        {end}
      </div>
      {children}
    </section>
  )
}
