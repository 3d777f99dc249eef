import './portal.css'
import { type ReactNode, StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { Booking } from './booking'
import { Link } from './link'
import { Offer } from './offer'
import { Asked } from './request'
import { Words } from './words'

document.documentElement.classList.toggle('dark', matchMedia('(prefers-color-scheme: dark)').matches)
type Page = (name: string) => ReactNode
const [, kind, name = ''] = location.pathname.split('/').map(decodeURIComponent)

const PAGES: { book: Page } & Record<string, Page> = {
  book: slug => <Booking slug={slug} />,
  link: token => <Link token={token} />,
  offer: token => <Offer token={token} />,
  request: token => <Asked token={token} />,
}

createRoot(document.getElementById('app') as HTMLElement).render(
  <StrictMode>
    <Words>{(PAGES[kind ?? ''] ?? PAGES.book)(name)}</Words>
  </StrictMode>,
)
