/**
 * The next commonest English words in ordinary prompts and documents, from four letters on. They are weak evidence of a disguise, but
 * tell a decoding that reads as text from one that does not, and let a text whose disguise is known be read in full.
 */
export const PROMPT_WORDS: readonly string[] = `
abilities ability able absolutely abstract academic accept accepted accessibility accessible accordingly accounts accuracy accurate accurately achieve
across action actionable actions active activities activity acts actual actually adapt added adding addition additional address addresses adjust
advanced advice affect against agents agree agreement alert algorithm algorithms allowing allows almost alone along already alternative although
always ambiguous among amount analysis analyze analyzing animal animals answered answering anyone appear appearance appears append applicable
application applications applied apply approach approaches appropriate apps architecture area areas argument arguments array article articles
artificial artist asking asks aspect aspects assert assessment assignment assist assistance associated assume assumptions attacks attempt attempts
attention attribute attributes audience audit authentication author authorization auto automated automatically automation available average avoid
avoiding aware awareness backend background balance ball based basic batch became becomes began begin beginning behavior behind believe benefit
benefits best better beyond black block blocked blocking blocks blog blue board body bold book books boolean born bottom bought bound branch brand
bread break breaking brief broken budget build building built bullet business button cache calculate calculations called calling calls camera
capabilities capable capital capture card care carefully carry cases cash catch categories category caught cause caused causes causing center century
certain chain challenge challenges changed changes changing characters charge charged check checking checks chicken child choice choices choose chosen
circumstances cities claim claims clarity class classes clean clear clearly client clients climate closed codebase codes coding coffee cold collect
collection color colors column combination combine combined comes comfortable coming comment comments commit common commonly communicate communication
community companies company compare compared comparison compatibility compatible compelling complete completed completely completion complex
complexity compliance component components composition comprehensive computer concept concepts concerns concise concrete condition conditions conduct
confidence config configuration configured confirm conflict connect connection connections consciousness consent consider considerations considered
consistency consistent consistently console constraints construct construction contact contain contained container containing contains contents
contract contrast contribute control controlled controls controversial conventions conversations convert cook cookies cooking cool core correct
correctly corresponding cost costs count countries couple cover coverage covered craft crafting create created creates creating creation creative
criteria critical cross crucial cultural culture current currently customer customers daily dark data databases dataset date dates days death
debugging decided decision decisions dedicated deep deeply default defense define defined definition definitions delivery demonstrate dependencies
dependency depending depends deployment depth described describing description descriptions descriptive design designed designing desire desired
detail detailed detect detected detection determine develop developed developers developing development device devices dialogue difference differences
difficult digital direct direction directly directory discovered discovery discuss discussed discussing discussion dish display distinct distribution
diverse documentation documents doing dollars domain double draft drive driven dynamic earlier easier easily edge edit educational effect effective
effectively effects efficiency efficient efficiently effort either element elements emotional emotions empty enable enabled enables encourage
encryption ends energy engage engagement engaging engine engineer engineering enhance enjoy ensure ensuring enter entire entities entity entry
environment environments equal equivalent error errors especially essential established eval evaluate evaluation event events ever everyone everything
exact exactly examples except exception exceptions exchange executed execution exercise exist existing exists exit expect expected expensive
experience experienced experiences experiment expert expertise explaining explanation explanations explicit explicitly exploration explore exploring
express expression expressions extensions extensive external extra extract extreme extremely eyes factors facts factual fail failed fails failure fall
false family famous fast favorite feature features feedback feel feelings feet fiction field fields figure fill filled film filtering final financial
finding findings fine finished fire fixed flag flags flat flow flows focus focused focusing followed following follows football force forced formal
format formats formatted formatting former forms formula frame framework frameworks free fresh friendly friends front fulfill full fully functional
functionality functions further future gain game games general generally generated generates generating generation generator generic gets getting
gives giving global goal goals golden government granted greater green ground groups growth guess guidance guide guides hair handle handling hands
happen happened happens happy harm hate having header headers health healthy heat heavy height held helpful helping helps hide higher highest
highlight highly historical history hold hope host hour hours however human humans ideas identified identify identifying identity image images imagine
impact implement implementation implemented implementing implements implications import importance imports improve improvement improvements included
includes including incorrect increase increased independent index indicate individual individuals industry influence info inform infrastructure
ingredients init inline inputs inside insights install instance integer integration integrity intelligence intelligent intended intent interact
interaction interactions interactive interest interested interesting interface interfaces international internet introduce introduced invalid
investment involved involves involving issue issues item items itself join jokes journey keeping keyword keywords knowledge known knows label labels
lack land languages larger largest late latest launch layer layers layout lead leading learning least leaves legitimate length level levels libraries
library license likely limit limited lines links listed lists lives living load local located location logging logic logical logs longer looking looks
loop loss lost love lower machine main maintain maintaining major making manage managed management manager manipulate manner mapping markdown market
marketing match matches matching material materials matter matters maximum maybe meaning means measures mechanism mechanisms media medical medium meet
meeting member members memory mental mention mentioned metadata method methods metrics middle milk million minimal minimum minute minutes missing
mission mobile modern modified modify modifying module modules moment monitoring months morning motion movie movies moving multi multiple music named
names naming narrative national native natural nature navigation necessary needed needs negative nested neutral news nice node none normal normally
note notes notice novel numbers object objective objects obtain occur offensive offer offers office official older ones online opening operating
operation operations operator opinion opinions opportunities optimization optimize optimized option optional options orders organization original
others otherwise outline outputs outside overall package packages pages paid pairs paragraph paragraphs parallel parameter parameters parse particular
particularly parties parts party pass passage passed past paste path paths pattern patterns perfect performance performed performing period personal
personality perspective perspectives phase phone photo phrases physical physics pick picture piece pieces pipeline pipelines places plain planning
plans plants platform platforms played player players playing please plot plugin plugins plus points political popular population position positive
possible post potential potentially power powerful practical practice practices precise prefer preferences preferred prefix presence present presented
president prevent price primary principles probably problems process processes processing produce produced product production products professional
profile program programming progress project projects promote promoting prompting proper properly properties property protect protection provided
provides providing public published pull purchase pure push quality queries query questions quick quickly quotes race raise random range rate rates
rather ratio reach readable reader readers ready realistic reality reason reasoning reasons receive received recent recently recipe recommend
recommended record records reduce refer reference references refers reflect regarding region regular regulations related relationship relationships
release released relevant reliable rely remain remaining remains remind remote removed rendering repeated replaced replies report reported reporting
reports repository represent requested require required requirement requirements requires research researcher resolution resolve resource resources
respect responding responsibility responsible rest restaurant result results return returned returns review reviews rich rights risk risks robust
roles round route routes running runs runtime safe sales salt sample save saying scale scenario scenarios scene schedule schema science scientific
scope score screen scripts search season seconds section sections seems seen select selection self sell sending sends senior sense sensitive sent
sentences sentiment separate separated sequence series serve servers service services serving sessions sets setting settings setup seven several shall
shape share shared sharing short shot showing shown shows sides sign significant significantly similar simple simply single site situation situations
size skill skilled skills skin skip slightly slow slowly smaller smooth snippet society soft software solely solution solutions solve someone
sometimes song sorry sort source sources space spaces speak speaking specialized specializing species specific specifically specified specify speech
speed spend spirit spread square stack stage standard standards stands started starting starts stated statement statements states static status stay
stock storage store stored stories strategies strategy strict strictly strings strong structure structured structures student students stuff style
styles subject submit subsequent success successful successfully sugar suggest suggesting suggestions suggests suitable super support supported
supports surface syntax systems table tables tags tailored taken takes taking talking target tasked taste team teams tech technical technique
techniques technologies technology tells temperature template templates term terms test tested testing theme themes themselves theoretical theory
thinking third thoroughly though thoughts threat threats throughout throw times tips title tomorrow tone topics total touch towards track tracking
trade traditional traffic train trained transactions transform translation travel treat tree trends trip trust trusted trying turned tutorial twice
type typed types typical typically typing unable unauthorized understanding unexpected unique unit units universe unless unnecessary update updated
updates updating usage useful uses usual valid validate validation valuable value values variable variables variety various vector verification
verified verify version versions video view views virtual visible visit visual voice volume vulnerability vulnerable wanted wants warm warn ways
weather weeks weight whatever whenever white whose wide width window within women worked workflow workflows working works worry writer writes writing
wrote yellow yourself zero
`
  .trim()
  .split(/\s+/);
