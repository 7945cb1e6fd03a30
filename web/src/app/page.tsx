import { StartPage } from '@/features/start/StartPage.tsx';

export default function Home() {
  return <StartPage />;
}
