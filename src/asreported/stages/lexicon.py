"""Word lists that tell who a name or a description stands for: titles, roles, bodies, countries, first names."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

MALE, FEMALE = "m", "f"

# Titles that stand before a person's name, with the sex they tell.
TITLES: dict[str, str] = (
    dict.fromkeys(
        "dr dr. doctor prof prof. professor rev rev. reverend president vice deputy premier chancellor "
        "minister secretary "
        "senator sen sen. representative rep rep. congressman congresswoman governor gov gov. "
        "lieutenant lt lt. mayor judge "
        "justice chief general gen gen. colonel col col. major maj maj. captain capt capt. sergeant sgt "
        "sgt. admiral adm adm. "
        "commander cmdr cmdr. detective inspector superintendent constable officer commissioner "
        "ambassador director chairman "
        "chairwoman chair speaker bishop archbishop cardinal pope father sister brother imam rabbi "
        "sheikh ayatollah prince "
        "princess king queen emperor empress duke duchess lord lady sir dame baroness baron count "
        "countess mp mep attorney "
        "undersecretary spokesman spokeswoman spokesperson coach manager executive ceo chairperson leader councillor "
        "councilman councilwoman alderman sheriff marshal lawyer prosecutor solicitor treasurer envoy "
        "consul mullah mufti "
        "assemblyman assemblywoman delegate brigadier lance corporal private lieutenant-general major-general st saint "
        "crown emir sultan tsar pastor rev'd hon hon. right honourable representative-elect president-elect".split(),
        "",
    )
    | dict.fromkeys(
        "mr mr. mister sir king prince lord emperor duke baron count father brother pope congressman "
        "chairman spokesman "
        "councilman assemblyman sheikh sultan emir imam cardinal archbishop ayatollah mullah mufti".split(),
        MALE,
    )
    | dict.fromkeys(
        "mrs mrs. ms ms. miss madam madame queen princess lady dame duchess baroness countess empress "
        "sister congresswoman "
        "chairwoman spokeswoman councilwoman assemblywoman".split(),
        FEMALE,
    )
)

# Nouns for a person, with the sex they tell: what may head a description, an apposition or a role before a name.
PERSONS: dict[str, str] = (
    TITLES
    | dict.fromkeys(
        "actor author writer journalist reporter analyst economist expert scientist researcher ecologist biologist "
        "historian politician lawmaker legislator activist campaigner adviser advisor aide official "
        "student teacher pilot "
        "driver engineer founder co-founder head boss chief president owner editor correspondent columnist candidate "
        "nominee member veteran soldier guard resident witness eyewitness victim survivor suspect defendant plaintiff "
        "lawyer attorney counsel nurse physician surgeon musician singer rapper comedian artist painter "
        "designer director "
        "producer player footballer striker goalkeeper captain trainer athlete swimmer runner driver skipper winner "
        "champion organizer organiser protester demonstrator blogger filmmaker photographer entrepreneur billionaire "
        "banker broker trader farmer fisherman worker clerk minister secretary whip incumbent deputy mp senator "
        "congressperson monarch ruler president-elect mathematician physicist chemist philosopher poet "
        "novelist composer "
        "astronaut cosmonaut interviewer interviewee source person individual user partner spouse colleague friend "
        "neighbor neighbour cousin child teenager adult parent coordinator administrator principal dean scholar fellow "
        "prosecutor investigator detective coroner magistrate cleric priest monk translator guide publicist agent "
        "operator technician programmer developer publisher critic commentator broadcaster presenter anchor host "
        "strategist pollster lobbyist treasurer chairperson commander general rebel militant leader warlord dictator "
        "whistleblower plaintiff spokesperson representative negotiator mediator envoy diplomat ambassador consul "
        "psychologist psychiatrist sociologist archaeologist geologist astronomer meteorologist virologist "
        "epidemiologist statistician firefighter policeman paramedic skater gymnast cyclist boxer "
        "wrestler golfer".split(),
        "",
    )
    | dict.fromkeys(
        "guy man boy husband father son brother uncle nephew grandfather grandson king prince spokesman "
        "businessman chairman "
        "congressman salesman policeman fisherman gentleman widower monk priest boyfriend groom lad statesman "
        "cameraman councilman sportsman actor-director waiter hero dad imam cardinal archbishop pope fireman "
        "defenseman defenceman frontman clergyman".split(),
        MALE,
    )
    | dict.fromkeys(
        "woman girl wife mother daughter sister aunt niece grandmother granddaughter queen princess spokeswoman "
        "businesswoman chairwoman congresswoman saleswoman policewoman actress waitress widow girlfriend bride lady "
        "heiress hostess nun mum mom heroine councilwoman sportswoman duchess first-lady".split(),
        FEMALE,
    )
)

# Nouns for a body: what may head an organisation's name or a description of one.
BODIES = frozenset(
    "party ministry department agency bureau office council committee commission court tribunal parliament congress "
    "senate assembly house cabinet government administration authority authorities police army navy force forces guard "
    "guild service corps military militia company firm corporation corp corp. inc inc. ltd ltd. plc llc "
    "co co. group holdings "
    "bank fund union association federation confederation league alliance coalition society institute institution "
    "university college school academy hospital clinic museum church foundation trust charity organization "
    "organisation network channel station newspaper paper magazine journal website site outlet publication broadcaster "
    "agency studio studios airline airlines airways club team board embassy consulate secretariat center centre "
    "laboratory observatory program programme project initiative campaign front movement brigade times post herald "
    "tribune guardian news press media television tv radio post gazette telegraph chronicle bulletin regime junta "
    "kremlin pentagon nation nations community brotherhood palace mission delegation panel jury taskforce "
    "conference factory industries systems technologies motors airways lab labs registry regulator watchdog "
    "manufacturer maker retailer developer operator supplier start-up startup platform "
    "legislature prosecution defence defense".split()
)

# Names of bodies that look like anything else.
KNOWN_BODIES = frozenset(
    "twitter facebook instagram youtube google apple amazon microsoft netflix reuters bloomberg "
    "politico interfax xinhua "
    "tass sputnik breitbart telegram tiktok reddit wikipedia kremlin pentagon hamas hezbollah "
    "taliban boeing airbus tesla "
    "spacex interpol europol unicef nato unesco opec".split()
)

# Adherents: before a person's name, or adjectives.
PARTISAN = frozenset("democrat democratic republican conservative liberal libertarian tory socialist communist".split())

# First words of names that are no person's.
UNPERSONAL = frozenset(
    "national local regional federal international royal central western eastern northern southern "
    "north south east west "
    "new united great saint world global public general supreme high".split()
)

# Nouns for what somebody said or wrote: the speaker is whose it is.
UTTERANCES = frozenset(
    "statement statements tweet tweets post posts letter message announcement remarks comment comments release".split()
)
# Words that name nobody by themselves.
NOT_NAMES = frozenset(
    "the a an this that these those such one ones two first second third last latter former other another same "
    "of to in by for from with at on and or but as it there here".split()
)
# Papers of courts, and all that stands for who issued it.
RULINGS = frozenset("ruling rulings verdict judgment judgement decision".split())
DOCUMENTS = (
    UTTERANCES
    | RULINGS
    | frozenset(
        "report reports motion complaint lawsuit petition filing decree order communique communiqué memo memorandum "
        "study survey estimate estimates analysis bulletin notice email document summary database projection "
        "projections statistics data records figures polling forecast advisory guidelines footage".split()
    )
)

# Media, which later sentences call by their kind.
MEDIA = frozenset(
    "website site paper newspaper magazine publication outlet broadcaster channel network journal".split()
)

# Words of PERSONS that are too often something else to be a description by themselves.
VAGUE = frozenset(
    "count major private general chair right crown lance st hon vice deputy head source host agent individual member "
    "fellow guide champion chief lance corporal delegate parent lead bride pope lady lord sister coach".split()
)

# Nouns for several people.
PLURALS = frozenset(
    "police people authorities parents children men women staff crew media democrats republicans "
    "conservatives liberals muslims christians jews hindus "
    "catholics protestants socialists communists libertarians greens tories".split()
)

# A description by one of these alone points back at a name; without one it says nothing.
POINTING = frozenset(
    "company firm website site paper newspaper magazine publication outlet journal broadcaster network channel man "
    "woman boy girl actor actress singer author writer politician pair couple duo two president senator governor "
    "minister mayor judge king queen prince princess pope chancellor premier secretary leader ceo chairman "
    "chairwoman spokesman spokeswoman professor doctor general commissioner archbishop bishop ambassador director "
    "businessman businesswoman candidate congressman congresswoman rapper comedian musician journalist city country "
    "agency party organization organisation group hospital clinic airline partner bank manufacturer "
    "developer university "
    "institute museum retailer maker operator union charity school college studio".split()
)

# Words that open a sentence with a capital without being a name, and others never part of one.
COMMON = frozenset(
    "the a an this that these those there here it its he she they we i you his her their our my your him them us who "
    "which what when where why how whether if as at in on of for from to by with without within under over after "
    "before during since until while although though because but and or nor so yet however also then thus hence "
    "moreover meanwhile nevertheless nonetheless therefore furthermore additionally instead otherwise according "
    "despite amid among between against about above across along around behind below beside besides beyond both each "
    "either every few many more most much neither no none not one two three four five six seven eight nine ten "
    "several some such all any another other others only just even still once twice yesterday today tomorrow now "
    "later earlier recently previously currently formerly originally initially finally eventually speaking asked "
    "born following based including unlike like upon via per through throughout toward towards yes no well oh let "
    "is are was were be been has have had do does did will would can could may might must shall should said says "
    "january february march april may june july august september october november december jan. feb. mar. apr. "
    "jun. jul. aug. sep. sept. oct. nov. dec. monday tuesday wednesday thursday friday saturday sunday "
    "regarding concerning considering given due because of another approximately almost nearly roughly around "
    "local officials police experts critics witnesses people scientists researchers investigators authorities "
    "protesters prosecutors analysts sources observers residents supporters opponents activists organizers "
    "first second third last next early late former dear photo image file video read related subscribe "
    "specifically apparently reportedly allegedly notably interestingly similarly likewise consequently indeed "
    "perhaps maybe often sometimes usually generally typically always never again soon ago thank thanks please "
    "covid covid-19 coronavirus everyone someone anyone everybody somebody anybody nobody nothing "
    "something everything cause "
    "part women men lots half okay ok hey hi hello mom dad god uh um sorry really why sure right "
    "left good big little".split()
)
DEMONYMS: dict[str, str] = {
    word: country
    for line in (
        "Afghanistan:Afghan|Albania:Albanian|Algeria:Algerian|Argentina:Argentine,Argentinian|Armenia:Armenian|"
        "Australia:Australian|Austria:Austrian|Azerbaijan:Azerbaijani|Bahrain:Bahraini|Bangladesh:Bangladeshi|"
        "Belarus:Belarusian,Belarussian|Belgium:Belgian|Bolivia:Bolivian|Bosnia:Bosnian|Botswana:|Brazil:Brazilian|"
        "Britain:British|Bulgaria:Bulgarian|Burundi:Burundian|Cambodia:Cambodian|Cameroon:Cameroonian|Canada:Canadian|"
        "Chad:Chadian|Chile:Chilean|China:Chinese|Colombia:Colombian|Congo:Congolese|Croatia:Croatian|Cuba:Cuban|"
        "Cyprus:Cypriot|Denmark:Danish|Ecuador:Ecuadorian|Egypt:Egyptian|England:English|Eritrea:Eritrean|"
        "Estonia:Estonian|Ethiopia:Ethiopian|Fiji:Fijian|Finland:Finnish|France:French|Gabon:|Gambia:|Georgia:Georgian|"
        "Germany:German|Ghana:Ghanaian|Greece:Greek|Guatemala:Guatemalan|Guinea:Guinean|Haiti:Haitian|"
        "Honduras:Honduran|Hungary:Hungarian|Iceland:Icelandic|India:Indian|Indonesia:Indonesian|Iran:Iranian|"
        "Iraq:Iraqi|Ireland:Irish|Israel:Israeli|Italy:Italian|Jamaica:Jamaican|Japan:Japanese|Jordan:Jordanian|"
        "Kazakhstan:Kazakh|Kenya:Kenyan|Kosovo:Kosovan|Kuwait:Kuwaiti|Kyrgyzstan:Kyrgyz|Laos:|Latvia:Latvian|"
        "Lebanon:Lebanese|Liberia:Liberian|Libya:Libyan|Lithuania:Lithuanian|Luxembourg:|Malawi:|Malaysia:Malaysian|"
        "Maldives:Maldivian|Mali:Malian|Malta:Maltese|Mexico:Mexican|Moldova:Moldovan|Mongolia:Mongolian|"
        "Montenegro:Montenegrin|Morocco:Moroccan|Mozambique:|Myanmar:Burmese|Namibia:Namibian|Nepal:Nepali,Nepalese|"
        "Netherlands:Dutch|New Zealand:|Nicaragua:Nicaraguan|Niger:|Nigeria:Nigerian|North Korea:North Korean|"
        "North Macedonia:Macedonian|Norway:Norwegian|Oman:Omani|Pakistan:Pakistani|Palestine:Palestinian|"
        "Panama:Panamanian|Paraguay:Paraguayan|Peru:Peruvian|Philippines:Philippine,Filipino|Poland:Polish|"
        "Portugal:Portuguese|Qatar:Qatari|Romania:Romanian|Russia:Russian|Rwanda:Rwandan|Samoa:Samoan|"
        "Saudi Arabia:Saudi|Scotland:Scottish|Senegal:Senegalese|Serbia:Serbian|Sierra Leone:|Singapore:Singaporean|"
        "Slovakia:Slovak|Slovenia:Slovenian|Somalia:Somali|South Africa:South African|South Korea:South Korean|"
        "South Sudan:|Soviet Union:Soviet|Spain:Spanish|Sri Lanka:Sri Lankan|Sudan:Sudanese|Sweden:Swedish|"
        "Switzerland:Swiss|Syria:Syrian|Taiwan:Taiwanese|Tajikistan:Tajik|Tanzania:Tanzanian|Thailand:Thai|"
        "Tunisia:Tunisian|Turkey:Turkish|Turkmenistan:Turkmen|Uganda:Ugandan|Ukraine:Ukrainian|"
        "United Arab Emirates:Emirati,UAE,U.A.E.|United Kingdom:UK,U.K.,Great Britain|"
        "United States:US,U.S.,USA,U.S.A.,America,American,United States of America|Uruguay:Uruguayan|"
        "Uzbekistan:Uzbek|Venezuela:Venezuelan|Vietnam:Vietnamese|Wales:Welsh|Yemen:Yemeni|Zambia:Zambian|"
        "Zimbabwe:Zimbabwean|European Union:EU,E.U."
    ).split("|")
    for country, _, words in [line.partition(":")]
    for word in (country, *filter(None, words.split(",")))
}
COUNTRIES = frozenset(DEMONYMS.values())

_MORE_MALE = (
    "Barack Sergey Sergei Vladimir Dmitry Dmitri Dmytro Volodymyr Mikhail Nikolai Oleg Igor Yevgeny "
    "Evgeny Boris Ivan Andrei "
    "Andrey Alexei Aleksei Aleksandr Yuri Viktor Pavel Vitali Konstantin Mykola Petro Oleksandr Andriy Emmanuel "
    "François Jean Jacques Pierre Nicolas Olivier Laurent Édouard Edouard Benoît Christophe Hans Jürgen Klaus Heiko "
    "Olaf Jens Horst Wolfgang Helmut Günter Frank-Walter Giuseppe Matteo Silvio Paolo Luigi Giovanni Sergio Marco "
    "Francesco José Juan Pedro Pablo Jorge Luis Carlos Nicolás Evo Jair Lenín Sebastián Andrés Andrzej Jarosław "
    "Mateusz Donald Tomasz Wojciech Piotr Jan Viktor Péter János Václav Miloš Andrej Aleksandar Recep Mevlüt "
    "Ahmet Mehmet Mustafa Hassan Hasan Hussein Ali Mohammed Mohammad Muhammad Mohamed Ahmed Mahmoud Abdullah Omar "
    "Ibrahim Khalid Bashar Benjamin Ehud Naftali Yair Avigdor Narendra Rahul Rajnath Amit Imran Nawaz Arvind Sanjay "
    "Xi Li Shinzo Yoshihide Taro Kim Moon Rodrigo Benigno Joko Mahathir Najib Anwar Prayut Jacob Cyril Nelson "
    "Muhammadu Uhuru Raila Abiy Paul Yoweri Abdel Haider Nouri Adel Qasem Qassem Javad Hossein Antonio António "
    "Jens Stefan Lars Björn Sven Mark Mariano Pascal Charles Jeremy Boris Sadiq Keir Rishi Nigel Gavin Dominic "
    "Rory Hamish Ewan Alistair Roberto Ricardo Jared Elon "
    "Tedros Ban Kofi Tristan Ged Liam Callum Rhys Gareth Huw Archie Shaun Aaron "
).split()
_MORE_FEMALE = (
    "Angela Ursula Annegret Christine Marine Ségolène Anne Brigitte Theresa Nicola Jacinda Priti "
    "Diane Jo Olga Svetlana "
    "Natalia Natalya Tatiana Tatyana Ekaterina Elena Yelena Irina Yulia Yuliya Maria Anna Ksenia Oksana Veronika Beata "
    "Ewa Małgorzata Agnieszka Monika Katarzyna Federica Giorgia Virginia Laura Cristina Dilma Michelle Aung Malala "
    "Benazir Fatima Aisha Mamata Sonia Smriti Nirmala Sushma Jayalalithaa Mayawati Priyanka Indira "
    "Sheikh-Hasina Yingluck "
    "Megawati Tsai Carrie Leila Leni Ivanka Melania Hillary Nikki Kellyanne Sanna Mette Erna Margrethe Kersti Dalia "
    "Kolinda Zuzana Maia Jeanine Greta Meghan Camilla Liz Kirsty Siobhan Niamh Saoirse Aoife Caoimhe Roisin Fiona "
    "Zainab Khadija Amal Asma Tawakkol Ngozi Ellen Winnie Graca "
).split()


@cache
def first_names() -> dict[str, float]:
    """Share of women among the bearers of a first name, by the name in lower case."""
    rows = (files(__package__) / "first_names.tsv").read_text(encoding="utf-8").splitlines()
    shares = {n.lower(): int(s) / 100 for n, s in (r.split("\t") for r in rows if r and r[0] != "#")}
    shares |= {n.lower(): 0.0 for n in _MORE_MALE if n.lower() not in shares}
    shares |= {n.lower(): 1.0 for n in _MORE_FEMALE if n.lower() not in shares}
    return shares


def guess_sex(first: str) -> str:
    """What a first name tells: m, f or nothing."""
    share = first_names().get(first.lower())
    return "" if share is None else FEMALE if share >= 0.97 else MALE if share <= 0.03 else ""
