"""Names of counties and regions, and their abbreviations, that are in no table."""

#: Counties and wider names that the areas' rows do not hold.
COUNTIES = {
    "Derbyshire": ("derby",),
    "East Anglia": ("fenland-and-east-cambridgeshire", "ipswich", "norwich"),
    "Greater Manchester": ("oldham",),
    "Lancashire": ("blackpool",),
    "the Midlands": ("derby", "stoke-on-trent"),
    "South Yorkshire": ("doncaster",),
    "Staffordshire": ("stoke-on-trent",),
    "Sussex": ("hastings",),
    "West Yorkshire": ("bradford",),
    "Yorkshire": ("bradford", "doncaster", "north-yorkshire-coast"),
}

#: The older counties of areas, as addresses may still have them; a search for a county means
#: today's.
FORMER_COUNTIES = {
    "lancashire": ("oldham",),
    "north riding": ("north-yorkshire-coast",),
    "north riding of yorkshire": ("north-yorkshire-coast",),
    "west riding": ("bradford", "doncaster"),
    "west riding of yorkshire": ("bradford", "doncaster"),
    "isle of ely": ("fenland-and-east-cambridgeshire",),
}

#: Counties, regions and countries without any of the twelve areas that are in no table.
ELSEWHERE = (
    *("Avon", "Cleveland", "Cumberland", "East Lothian", "Gwent", "Gwynedd", "Humberside"),
    *("Huntingdonshire", "Powys", "the Scottish Borders", "Westmorland", "Wirral"),
    *("the North East", "North East England", "the Isle of Man", "Guernsey", "Ireland", "Jersey"),
)

#: Names at the end of an address that narrow nothing.
COUNTRY = frozenset(
    {"england", "uk", "united kingdom", "great britain", "britain", "gb", "north of england"}
)

#: Abbreviations, as :func:`.place_names.plain` returns them.
ABBREVIATIONS = {
    "beds": "bedfordshire",
    "berks": "berkshire",
    "bucks": "buckinghamshire",
    "cambs": "cambridgeshire",
    "ches": "cheshire",
    "derbs": "derbyshire",
    "derbys": "derbyshire",
    "glos": "gloucestershire",
    "gloucs": "gloucestershire",
    "hants": "hampshire",
    "herefs": "herefordshire",
    "herts": "hertfordshire",
    "hunts": "huntingdonshire",
    "lancs": "lancashire",
    "leics": "leicestershire",
    "lincs": "lincolnshire",
    "middx": "middlesex",
    "norf": "norfolk",
    "northants": "northamptonshire",
    "northumb": "northumberland",
    "notts": "nottinghamshire",
    "oxon": "oxfordshire",
    "salop": "shropshire",
    "shrops": "shropshire",
    "soms": "somerset",
    "staffs": "staffordshire",
    "suff": "suffolk",
    "warks": "warwickshire",
    "warwicks": "warwickshire",
    "wilts": "wiltshire",
    "worcs": "worcestershire",
    "yorks": "yorkshire",
    "yks": "yorkshire",
    "manc": "manchester",
    "gtr": "greater",
    "co": "county",
    "n": "north",
    "nth": "north",
    "s": "south",
    "sth": "south",
    "e": "east",
    "w": "west",
    "nw": "north west",
    "ne": "north east",
    "sw": "south west",
    "se": "south east",
}

#: Words for a kind of place, which tell no place from another.
KINDS = frozenset(
    (
        *("the", "of", "a", "and", "for", "city", "town", "county", "borough", "district"),
        *("metropolitan", "unitary", "council", "authority", "local", "area", "areas"),
        *("opportunity", "oa", "lad", "mbc", "bc", "dc", "cc", "region", "village", "parish"),
        *("ward", "school", "schools", "primary", "secondary", "academy", "academies"),
        *("college", "education", "board", "partnership"),
    )
)

#: Small words inside names, which people leave out or mix up.
JOINING = frozenset(
    ("a", "and", "at", "by", "in", "le", "next", "of", "on", "the", "under", "upon")
)

#: Words that make another place of a name, and are never misspellings of one another.
SIDES = frozenset(
    (
        *("north", "south", "east", "west", "northern", "southern", "eastern", "western"),
        *("mid", "upper", "lower", "great", "little", "new", "old", "greater", "inner"),
        *("outer", "central"),
    )
)
