/** Ways for a recipient to get no more messages, as `mail.unsubscribe` names them. */
export interface UnsubscribeConfig {
  /** Address. */
  mailto?: string;
  /** https address of an endpoint; the token is added as `t`. */
  url?: string;
}

export interface UnsubscribeLinks {
  mailto?: string;
  url?: string;
  /** For the body: the endpoint where there is one, else the address. Undefined where neither is configured. */
  link: string | undefined;
}

/** The links by which one recipient, known by his token, gets no more messages. */
export function unsubscribeLinks(config: UnsubscribeConfig, token: string): UnsubscribeLinks {
  const mailto =
    config.mailto === undefined
      ? undefined
      : `mailto:${config.mailto.replace(/^mailto:/i, '')}?subject=unsubscribe%20${encodeURIComponent(token)}`;
  let url: string | undefined;
  if (config.url !== undefined) {
    const address = new URL(config.url);
    address.searchParams.set('t', token);
    url = address.href;
  }
  return {
    ...(mailto === undefined ? {} : { mailto }),
    ...(url === undefined ? {} : { url }),
    link: url ?? mailto,
  };
}
