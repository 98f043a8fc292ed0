/** Given names with their usual short forms, in English, Italian, German, French and Spanish; the first is the full one. */
const groups = `
alexander alex alec sandy sasha lex|alexandra alex sandra sandy lexi|alfred fred alf|andrew andy drew|andreas andi|
anthony tony ant|antonio tonio nino toni antonino tonino|antonia toni tonia|barbara barb babs|benjamin ben benny benji|bernard bernie|
bridget biddy bridie|caroline carol carrie|catherine cathy kate katie kathy cat cath kitty catharine katherine kathryn katharine|
charles charlie chuck chas|charlotte charlie lottie|christine chris tina chrissy|christina chris tina chrissy|
christopher chris kit topher|cynthia cindy|daniel dan danny|david dave davy|deborah debbie deb debra|dorothy dot dottie dolly|
edward ed eddie ted ned|eleanor ellie nell nora|elizabeth liz beth betty lizzie eliza libby elsie bess|emily em emmie|
eugene gene|francesco franco checco cecco|francesca franca checca|francis frank fran frankie|frances fran franny|
franz franzl|frederick fred freddie freddy|friedrich fritz|gabriel gabe|gabriele lele|george georgie|gerald gerry jerry|
gerhard gerd|gertrude trudy gert|giovanni gianni vanni nanni|giovanna gianna vanna|giuseppe beppe peppe pino peppino|
giuseppina pina giusy|gregory greg|günther gunter gunther|hannah anna|hans johann johannes|harold harry hal|heinrich heinz heiner|
helen nell nellie|henry harry hank hal|hubert bert|isabella isa bella|jacob jake|jacqueline jackie|james jim jimmy jamie jem|
janet jan|jean jeannie|jeffrey jeff geoff geoffrey|jennifer jen jenny|jessica jess jessie|john jack johnny jon|jonathan jon jonny|
joseph joe joey|josef sepp|josephine jo josie|joshua josh|judith judy|julian jules|karl carl|katharina kathi käthe|kenneth ken kenny|
kimberly kim|lawrence larry laurie|leonard leo len lenny|leonardo leo|lorenzo renzo enzo|luigi gigi gino|luigia gina|louis lou louie lewis|
louise lou|lucille lucy|ludwig lutz|madeleine maddie|margaret maggie meg peggy marge margie rita greta|margherita rita|
maria mary marie mia|martin marty|martha marty patty|matthew matt matty|matthias matze|maximilian max|maximiliano max|michael mike mick mickey micky|
michele lele|michelle shelly|mildred millie|nancy nan|natalie nat|nathaniel nat nate nathan|nicholas nick nicky nico|nicola nico|nikolaus klaus niko|
oliver ollie|pamela pam|patricia pat patty tricia trish|patrick pat paddy|paul paulie|penelope penny|peter pete|philip phil pip phillip|
rachel rae|raymond ray|rebecca becky becca|reginald reg reggie|richard rick dick rich richie ricky|robert bob rob bobby robbie bert|roberto robi berto|
roger rog|ronald ron ronnie|rosemary rose rosie|rudolf rudi|rudolph rudy|samantha sam|samuel sam sammy|sarah sally sadie sara|
salvatore totò toto turi salvo|sebastian seb basti|sharon shari|sophia sophie sofia|stefan steffen|stefano ste|stephanie steph|
stephen steve steven stevie stephan|stuart stu stewart|susan sue susie suzy susanna suzanne|teresa terry tess theresa|terence terry|
theodore ted teddy theo|thomas tom tommy|timothy tim timmy|ulrich uli|valentina vale|valerie val|victoria vicky tori|victor vic|
vincent vince vinny|vincenzo enzo vince|virginia ginny ginger|walter walt wally|wilhelm willi willy|william bill will billy willie liam|
winifred winnie|wolfgang wolf|zachary zach zack`;

/** Names that go together, the full one first. */
export const nicknameGroups: readonly string[][] = groups
  .split('|')
  .map((group) => group.trim().split(/\s+/));

const byName = new Map<string, number[]>();
for (const [i, names] of nicknameGroups.entries()) {
  for (const name of names) byName.set(name, [...(byName.get(name) ?? []), i]);
}

/**
 * Whether one given name is a usual short form of the other, or both are of one name.
 * @param a folded
 * @param b folded
 */
export function areNicknames(a: string, b: string): boolean {
  const groupsOfA = byName.get(a);
  const groupsOfB = groupsOfA && byName.get(b);
  return groupsOfB?.some((group) => groupsOfA?.includes(group)) ?? false;
}
