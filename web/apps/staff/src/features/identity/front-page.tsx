import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { Options } from '@/shell/options'

/** The frame of what is seen before anyone is signed in. */
export function FrontPage({
  title,
  about,
  children,
  foot,
}: {
  title: string
  about?: string
  children: ReactNode
  foot?: ReactNode
}) {
  const t = useTranslations('shell')
  return (
    <div className="grid min-h-dvh grid-rows-[auto_1fr] bg-surface">
      <title>{`${title} · ${t('name')}`}</title>
      <header className="flex items-center justify-between px-5 py-4">
        <span className="flex items-center gap-2.5 font-semibold">
          <Mark /> {t('name')}
        </span>
        <Options />
      </header>
      <main id="main" className="mx-auto w-full max-w-xl px-4 pt-[4vh] pb-16">
        <div className="rounded-xl border bg-background p-8 max-sm:p-5">
          <h1 className="font-semibold text-2xl tracking-tight rtl:tracking-normal">{title}</h1>
          {about && <p className="mt-1 text-muted-foreground">{about}</p>}
          {children}
        </div>
        {foot && <p className="mt-5 text-center text-muted-foreground text-sm">{foot}</p>}
      </main>
    </div>
  )
}

/** A chair seen from the side. */
export const Mark = () => (
  <span aria-hidden className="grid size-7 place-items-center rounded-lg bg-primary text-primary-foreground">
    <svg viewBox="0 0 16 16" className="size-4" fill="none" stroke="currentColor" strokeWidth="2" strokeLinecap="round">
      <title>Chairside</title>
      <path d="M4.5 2.5v5a3 3 0 0 0 3 3h4M7.5 10.5v3M5 13.5h5" />
    </svg>
  </span>
)
