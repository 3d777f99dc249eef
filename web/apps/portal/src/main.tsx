import './portal.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { Booking } from './booking'
import { Link } from './link'
import { Offer } from './offer'
import { Words } from './words'

document.documentElement.classList.toggle('dark', matchMedia('(prefers-color-scheme: dark)').matches)
const [, kind, name = ''] = location.pathname.split('/').map(decodeURIComponent)

createRoot(document.getElementById('app') as HTMLElement).render(
  <StrictMode>
    <Words>{kind === 'link' ? <Link token={name} /> : kind === 'offer' ? <Offer token={name} /> : <Booking slug={name} />}</Words>
  </StrictMode>,
)
