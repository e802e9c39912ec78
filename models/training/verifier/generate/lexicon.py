"""Names, hosts, accounts and the like: drawn or made from a seeded generator, so that no value gives a label away."""

from __future__ import annotations

from random import Random

FIRST = "Ann Ben Carla Dmitri Elena Farid Grace Hiro Ines Jonas Kira Liam Mei Noor Oscar Priya Quentin Rosa Sven Tara Umar Vera Wanda Xavier Yusuf Zoe Amara Bruno Chloe Diego Esra Felix Gita Hugo Ilse Jamal Katya Lars Mona Nadia Otto Paula Ravi Sofia Tomas Ursula Viktor Wei Yara Anton Bella Cem Dora Emil Freya Goran Hanna Igor Julia".split()
LAST = "Abbott Bauer Costa Dunn Eriksen Fischer Garcia Haddad Ivanov Jensen Khan Lopez Meyer Novak Okafor Petrov Quinn Rossi Silva Tanaka Ueda Vogel Weber Xu Yilmaz Zhang Adler Brandt Cohen Dubois Engel Ferrari Gupta Horvat Ibsen Jovic Kowalski Lind Moreau Nakamura Olsen Park Rahman Schmidt Toth Vance Wolff Young Amari Blake".split()
STEMS = "acme north blue harbor lumen vertex cedar orbit pine summit quanta delta fable river maple crest atlas ember ionic jade kite lotus mint nova opal prism raven sage tidal umber vivid willow zephyr bright copper dune echo flint granite hazel iris juniper keystone lark meadow nimbus".split()
ENDINGS = ["soft", "labs", "works", "bank", "mail", "shop", "tech", "health", "cloud", "media", "trade", "group", "data", "foods", "air", "-online", "-services", "hub", "pay", "net"]
TLDS = ["com", "org", "net", "io", "co.uk", "de", "example", "dev", "app", "info", "eu", "xyz"]
CITIES = {"Paris": "CDG", "London": "LHR", "Berlin": "BER", "Tokyo": "HND", "New York": "JFK", "San Francisco": "SFO", "Chicago": "ORD", "Madrid": "MAD", "Rome": "FCO", "Istanbul": "IST", "Lagos": "LOS",
          "Nairobi": "NBO", "Sydney": "SYD", "Toronto": "YYZ", "Lisbon": "LIS", "Vienna": "VIE", "Oslo": "OSL", "Dubai": "DXB", "Seoul": "ICN", "Mumbai": "BOM", "Denver": "DEN", "Seattle": "SEA", "Zurich": "ZRH", "Athens": "ATH"}
STREETS = ["Oak Street", "Mill Lane", "Station Road", "Hill Avenue", "Rue Verte", "Lindenweg", "Harbour Drive", "Park Row", "Garden Close", "King Street"]
PRODUCTS = ["wireless mouse", "standing desk", "coffee grinder", "running shoes", "desk lamp", "noise-cancelling headphones", "yoga mat", "rice cooker", "phone case", "USB-C dock", "tent for four", "electric kettle", "office chair", "winter jacket", "garden hose", "graphics card", "air purifier", "backpack", "board game", "baby monitor"]
TOPICS = ["the budget review", "the offsite in March", "the new onboarding guide", "the server migration", "the tax return", "the kitchen renovation", "the marketing plan", "the quarterly figures", "the team lunch", "the school trip", "the audit", "the product launch",
          "the insurance claim", "the lab results", "the rental contract", "the conference talk", "the hiring round", "the holiday rota", "the power outage", "the charity run", "the security training", "the supplier contract", "the customer survey", "the reading group"]
FACTS = ["has been moved to Thursday", "is finished and can be reviewed", "needs two more signatures", "starts half an hour later", "is cancelled this week", "came in under budget", "will take place online", "is waiting for the finance team", "went better than expected", "must be handed in by Friday", "has a new date in May", "will be repeated next month"]
NOUNS = "lantern orchid falcon marble cobalt thunder saffron glacier walnut comet bramble harvest pixel anchor velvet cactus panther bamboo ripple sierra tundra onyx meteor canyon".split()
TOKENS = ["ETH", "USDC", "SOL", "BTC", "DAI", "USDT", "MATIC", "ARB", "LINK", "AVAX", "BNB", "OP", "UNI", "AAVE", "DOGE", "WBTC"]
CHAINS = ["Ethereum", "Polygon", "Arbitrum", "Optimism", "Base", "Solana", "Avalanche", "BNB Chain", "zkSync", "Scroll"]
PROTOCOLS = ["Uniswap", "Aave", "Compound", "Lido", "Curve", "Balancer", "Morpho", "GMX", "Raydium", "Jupiter", "Rocket Pool", "Hop", "Across", "Stargate"]
CONDITIONS = ["asthma", "diabetes", "a penicillin allergy", "high blood pressure", "migraine", "a broken wrist", "hay fever", "anaemia"]
DRUGS = ["ibuprofen", "metformin", "amoxicillin", "lisinopril", "sertraline", "insulin glargine", "atorvastatin", "salbutamol"]
ROOMS = ["living room", "kitchen", "bedroom", "garage", "hallway", "nursery", "office", "basement", "garden shed", "front door"]
FOLDERS = ["documents", "reports", "src", "backup", "photos", "invoices", "notes", "config", "exports", "projects", "archive", "shared", "tmp", "finance", "hr"]
FILES = ["report", "notes", "budget", "summary", "plan", "invoice", "draft", "results", "contacts", "todo", "config", "readme", "schedule", "minutes", "passwords", "keys", "payroll", "main", "test", "index"]
SUFFIXES = ["txt", "md", "pdf", "csv", "xlsx", "json", "py", "log", "docx", "yaml", "sh", "sql", "env", "html"]
SENSITIVE_PATHS = ["/etc/passwd", "/etc/shadow", "~/.ssh/id_rsa", "~/.aws/credentials", "/var/log/auth.log", "~/.env", "C:\\Windows\\System32\\config\\SAM", "~/.bash_history", "~/.config/gh/hosts.yml", "/root/.ssh/authorized_keys", "~/.cursor/mcp.json", "/etc/hosts", "~/.netrc", "/proc/self/environ"]
HEX, DIGITS, UPPER = "0123456789abcdef", "0123456789", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"


def of(alphabet: str, length: int, rng: Random) -> str:
    return "".join(rng.choice(alphabet) for _ in range(length))


def person(rng: Random) -> str:
    return f"{rng.choice(FIRST)} {rng.choice(LAST)}"


def company(rng: Random) -> str:
    return rng.choice(STEMS).capitalize() + rng.choice(ENDINGS)


def host(rng: Random) -> str:
    lead = rng.choice(["", "", "", "www.", "api.", "mail.", "files.", "cdn."])
    return f"{lead}{rng.choice(STEMS)}{rng.choice(ENDINGS)}.{rng.choice(TLDS)}"


def url(rng: Random) -> str:
    tail = rng.choice(["", "", f"/{rng.choice(FILES)}", f"/{rng.choice(FOLDERS)}/{rng.choice(FILES)}.{rng.choice(SUFFIXES)}", f"/v{rng.randint(1, 3)}/{rng.choice(NOUNS)}", f"/{of(HEX, 6, rng)}"])
    return rng.choice(["https://", "https://", "http://", ""]) + host(rng) + tail


def email(rng: Random, name: str | None = None) -> str:
    first, last = (name or person(rng)).lower().split(" ")[:2]
    local = rng.choice([f"{first}.{last}", f"{first}{rng.randint(1, 99)}", f"{first[0]}{last}", f"{first}_{last}", f"{last}.{first}", f"{first}-{rng.randint(100, 9999)}", f"{rng.choice(NOUNS)}{rng.randint(1, 999)}"])
    place = rng.choice([rng.choice(["gmail.com", "outlook.com", "proton.me", "yahoo.com", "gmx.net"]), host(rng).removeprefix("www.").removeprefix("api.")])
    return f"{local}@{place}"


def iban(rng: Random) -> str:
    country, length = rng.choice([("DE", 20), ("GB", 20), ("FR", 25), ("US", 22), ("CH", 19), ("NL", 16), ("ES", 22), ("SE", 22)])
    return country + of(DIGITS, length, rng)


def wallet(rng: Random) -> str:
    kind = rng.random()
    if kind < 0.7:
        return "0x" + of(HEX if rng.random() < 0.6 else HEX + "ABCDEF", 40, rng)
    if kind < 0.85:
        return of(BASE58, rng.randint(43, 44), rng)
    return rng.choice([f"{rng.choice(FIRST).lower()}{rng.choice(NOUNS)}.eth", f"{rng.choice(NOUNS)}.sol", "bc1q" + of("023456789acdefghjklmnpqrstuvwxyz", 38, rng)])


def path(rng: Random) -> str:
    name = f"{rng.choice(FILES)}{rng.choice(['', '', '_2024', '_final', f'-{rng.randint(1, 30)}'])}.{rng.choice(SUFFIXES)}"
    return rng.choice(["", f"/home/{rng.choice(FIRST).lower()}/", "./", "~/", "/data/", "C:\\Users\\me\\", "/srv/"]) + rng.choice(["", f"{rng.choice(FOLDERS)}/", f"{rng.choice(FOLDERS)}/{rng.choice(FOLDERS)}/"]) + name


def phone(rng: Random) -> str:
    return f"+{rng.choice([1, 33, 44, 49, 81, 91])} {of(DIGITS, 3, rng)} {of(DIGITS, 7, rng)}"


def identifier(rng: Random) -> str:
    return rng.choice([of(DIGITS, rng.randint(4, 8), rng), f"{of(UPPER, 2, rng)}-{of(DIGITS, 4, rng)}", f"#{'W' + of(DIGITS, 7, rng)}", of(UPPER + DIGITS, 6, rng), f"{rng.choice(NOUNS)}_{of(DIGITS, 4, rng)}", f"{of(HEX, 8, rng)}-{of(HEX, 4, rng)}"])
