// Records as the AI Incident Database tells them.

export const json = (value: unknown) => Buffer.from(JSON.stringify(value));

export const aiid = (id: number, more: object = {}) => ({
  incident_id: id,
  title: `Incident ${id}`,
  description: `What happened in ${id}.`,
  date: '2020-02-03',
  reports: [id * 10],
  'Alleged deployer of AI system': ['somebody'],
  editor_similar_incidents: [],
  ...more,
});
