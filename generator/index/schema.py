"""The tables of the index. A change of them is a new version, and a new index."""

SCHEMA_VERSION = 13

SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

-- What outputs may read apart from queries: files of the theme, keys of site.toml.
CREATE TABLE input (key TEXT PRIMARY KEY, digest BLOB NOT NULL) WITHOUT ROWID;

-- One row for each folder under content/; `signature` is made of the names, sizes and times in it.
CREATE TABLE folder (
    path TEXT PRIMARY KEY,
    signature BLOB NOT NULL,
    files INTEGER NOT NULL
) WITHOUT ROWID;
-- One row a file; `fingerprint` is the digest of its bytes, `stamp` its size and times then.
CREATE TABLE source (
    path TEXT PRIMARY KEY,
    folder TEXT NOT NULL,
    kind TEXT NOT NULL,
    fingerprint BLOB NOT NULL,
    stamp TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX source_folder ON source (folder);

-- `position` sorts articles by when they went live, then by News ID. `listed` articles may stand in
-- sitemaps, and `news` in that of the news; `recent`, `pinned` and `breaking` hold now.
CREATE TABLE article (
    id INTEGER PRIMARY KEY,
    path TEXT NOT NULL UNIQUE,
    news_id TEXT NOT NULL,
    position TEXT NOT NULL,
    live_from INTEGER NOT NULL,
    live_until INTEGER,
    draft INTEGER NOT NULL,
    live INTEGER NOT NULL DEFAULT 0,
    permalink TEXT NOT NULL,
    month TEXT NOT NULL,
    section TEXT NOT NULL,
    kind TEXT NOT NULL,
    lang TEXT NOT NULL,
    retracted INTEGER NOT NULL,
    feed INTEGER NOT NULL,
    listed INTEGER NOT NULL,
    news INTEGER NOT NULL,
    modified INTEGER NOT NULL,
    pinned_until INTEGER,
    breaking_until INTEGER,
    pinned INTEGER NOT NULL DEFAULT 0,
    breaking INTEGER NOT NULL DEFAULT 0,
    recent INTEGER NOT NULL DEFAULT 0,
    translation_of TEXT NOT NULL,
    card BLOB NOT NULL,
    details BLOB NOT NULL
);
CREATE INDEX article_news_id ON article (news_id COLLATE NOCASE);
CREATE INDEX article_translation ON article (translation_of COLLATE NOCASE)
    WHERE translation_of != '';
CREATE INDEX article_pinned ON article (position) WHERE pinned;
CREATE INDEX article_breaking ON article (position) WHERE breaking;
CREATE INDEX article_recent ON article (position) WHERE recent;
CREATE INDEX article_listed ON article (month, position, modified) WHERE live AND listed;
CREATE INDEX article_waiting ON article (live_from) WHERE NOT live;
CREATE INDEX article_from ON article (live_from) WHERE live;
CREATE INDEX article_until ON article (live_until) WHERE live_until IS NOT NULL;
CREATE INDEX article_pinned_until ON article (pinned_until) WHERE pinned_until IS NOT NULL;
CREATE INDEX article_breaking_until ON article (breaking_until)
    WHERE breaking_until IS NOT NULL;
CREATE INDEX article_draft ON article (draft) WHERE draft;
CREATE INDEX article_kind ON article (kind, position) WHERE live;
CREATE INDEX article_lang ON article (lang, position) WHERE live;

-- What editors look for and no page shows: when an article was last corrected, and withdrawn, in
-- seconds since the epoch; whether it has a picture and a standfirst; and how many of its pictures
-- have no alternative text.
CREATE TABLE editorial (
    article INTEGER PRIMARY KEY,
    corrected INTEGER,
    retracted INTEGER,
    image INTEGER NOT NULL,
    standfirst INTEGER NOT NULL,
    without_alt INTEGER NOT NULL
);

-- Texts lie apart from what lists need, so that a list reads no text.
CREATE TABLE body (path TEXT PRIMARY KEY, body BLOB NOT NULL);

CREATE TABLE page (
    path TEXT PRIMARY KEY,
    permalink TEXT NOT NULL,
    live INTEGER NOT NULL DEFAULT 0,
    draft INTEGER NOT NULL,
    weight INTEGER NOT NULL,
    menu INTEGER NOT NULL,
    entry BLOB NOT NULL,
    view BLOB NOT NULL
) WITHOUT ROWID;

CREATE TABLE profile (
    slug TEXT PRIMARY KEY,
    path TEXT NOT NULL,
    key TEXT NOT NULL,
    name TEXT NOT NULL,
    view BLOB NOT NULL
) WITHOUT ROWID;

-- A term is what a listing is of: a section, tag, author, source, series, day, or the site.
-- `count` is how many live articles it has.
CREATE TABLE term (
    id INTEGER PRIMARY KEY,
    taxonomy TEXT NOT NULL,
    slug TEXT NOT NULL,
    count INTEGER NOT NULL DEFAULT 0,
    UNIQUE (taxonomy, slug)
);
-- The terms of every article, as it spells them.
CREATE TABLE tagging (
    article INTEGER NOT NULL,
    term INTEGER NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (article, term)
) WITHOUT ROWID;
CREATE INDEX tagging_term ON tagging (term, name);
-- The live articles of every term, in order. Two have one position while they exchange News IDs.
CREATE TABLE membership (
    term INTEGER NOT NULL,
    position TEXT NOT NULL,
    article INTEGER NOT NULL,
    PRIMARY KEY (term, position, article)
) WITHOUT ROWID;

CREATE TABLE alias (path TEXT NOT NULL, owner TEXT NOT NULL, PRIMARY KEY (owner, path))
WITHOUT ROWID;

-- What a text or front matter points to; `target` is a News ID, a source file or a media file.
-- Of kind `ref` it is the name of the source that is meant, of kind `sought` a place where a file
-- was expected before it was found elsewhere, or not found at all.
CREATE TABLE reference (
    owner TEXT NOT NULL,
    kind TEXT NOT NULL,
    target TEXT NOT NULL,
    written TEXT NOT NULL,
    line INTEGER NOT NULL,
    column INTEGER NOT NULL
);
CREATE INDEX reference_owner ON reference (owner);
CREATE INDEX reference_target ON reference (kind, target);

-- `error` is why a call can't be read; line and column are then those of the error.
CREATE TABLE shortcode (
    owner TEXT NOT NULL,
    name TEXT NOT NULL,
    line INTEGER NOT NULL,
    column INTEGER NOT NULL,
    error TEXT NOT NULL,
    hint TEXT NOT NULL
);
CREATE INDEX shortcode_owner ON shortcode (owner);
CREATE INDEX shortcode_name ON shortcode (name);

-- `refused` is why a file can't be published, empty for one that can.
CREATE TABLE media (
    path TEXT PRIMARY KEY,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    type TEXT NOT NULL,
    refused TEXT NOT NULL
) WITHOUT ROWID;
-- Files that may have been meant as texts, but for the ends of their names.
CREATE INDEX media_misnamed ON media (path) WHERE refused != '' OR path LIKE '%.md.txt';

-- Warnings that hold; `scope` is the source, folder or part of the theme that they were found in.
CREATE TABLE warning (
    scope TEXT NOT NULL,
    path TEXT NOT NULL,
    line INTEGER NOT NULL,
    column INTEGER NOT NULL,
    message TEXT NOT NULL,
    hint TEXT NOT NULL,
    code TEXT NOT NULL
);
CREATE INDEX warning_scope ON warning (scope);

-- Stories whose URL changed, and what they had before; `news_id` finds the story.
CREATE TABLE moved (path TEXT PRIMARY KEY, news_id TEXT NOT NULL) WITHOUT ROWID;

-- The files of the site; `generator.index.outputs` has the legal states. `scope` is the part of the
-- portal that a file is planned with; `rendered_at` is in seconds since the epoch.
CREATE TABLE output (
    id INTEGER PRIMARY KEY,
    path TEXT NOT NULL UNIQUE,
    key TEXT NOT NULL,
    kind TEXT NOT NULL,
    params TEXT NOT NULL,
    owner TEXT NOT NULL,
    scope TEXT NOT NULL,
    planned INTEGER NOT NULL DEFAULT 1,
    stale INTEGER NOT NULL DEFAULT 1,
    reason TEXT NOT NULL,
    owned INTEGER NOT NULL DEFAULT 0,
    digest BLOB,
    rendered_at INTEGER,
    CHECK (digest IS NULL OR owned = 1),
    CHECK (stale OR NOT planned OR digest IS NOT NULL)
);
CREATE INDEX output_key ON output (key);
CREATE INDEX output_scope ON output (scope);
CREATE INDEX output_stale ON output (id) WHERE stale;
CREATE INDEX output_unplanned ON output (id) WHERE NOT planned;
-- The smallest index of all rows, for counting them.
CREATE INDEX output_counted ON output (planned);
-- What this build rendered, until it is published.
CREATE TABLE rendered (
    output INTEGER PRIMARY KEY,
    digest BLOB NOT NULL,
    staged INTEGER NOT NULL
);

-- Recorded queries, the facets that can change each answer, and the outputs that depend on them. A
-- facet of ranks in a list has the first and last of them, counted from the oldest.
CREATE TABLE query (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    digest BLOB NOT NULL
);
CREATE TABLE facet (
    facet TEXT NOT NULL,
    query INTEGER NOT NULL,
    low INTEGER NOT NULL,
    high INTEGER NOT NULL,
    PRIMARY KEY (facet, query)
) WITHOUT ROWID;
CREATE INDEX facet_query ON facet (query);
CREATE TABLE read (
    query INTEGER NOT NULL,
    output INTEGER NOT NULL,
    PRIMARY KEY (output, query)
) WITHOUT ROWID;
CREATE INDEX read_query ON read (query);
"""
