import GRDB

/// The tables of a store, as the steps that made them. Times are microseconds since 1970-01-01T00:00:00Z.
enum StoreSchema {
    /// `IMSP`, in the header of the file (https://www.sqlite.org/fileformat.html, section 1.3.17).
    static let applicationID = 0x494D_5350

    /// The number of the schema: how many steps have been taken.
    static var version: Int { self.steps.count }

    /// A step is never changed once it was released: a new version of the schema is a new step.
    private static let steps: [String] = [Self.first]

    static func migrate(_ database: Database, from version: Int) throws {
        for (index, step) in self.steps.enumerated().dropFirst(version) {
            try database.execute(sql: step)
            try database.execute(sql: "PRAGMA user_version = \(index + 1)")
        }
    }

    private static let first = """
        CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE session (
            id INTEGER PRIMARY KEY,
            began INTEGER NOT NULL,
            ended INTEGER,
            client TEXT NOT NULL,
            server TEXT NOT NULL,
            listener TEXT,
            client_leg TEXT NOT NULL,
            upstream_leg TEXT NOT NULL,
            user TEXT,
            state TEXT,
            client_octets INTEGER,
            server_octets INTEGER,
            messages INTEGER,
            exchanges INTEGER,
            findings INTEGER,
            comment TEXT
        );
        CREATE INDEX session_user ON session (user);
        CREATE INDEX session_began ON session (began);
        CREATE TABLE session_tag (
            session INTEGER NOT NULL, tag TEXT NOT NULL, PRIMARY KEY (session, tag)
        ) WITHOUT ROWID;
        CREATE TABLE message (
            seq INTEGER PRIMARY KEY,
            session INTEGER NOT NULL,
            time INTEGER NOT NULL,
            direction TEXT NOT NULL,
            kind TEXT NOT NULL,
            tag TEXT,
            name TEXT,
            exchange INTEGER,
            offset INTEGER NOT NULL,
            length INTEGER NOT NULL,
            count INTEGER NOT NULL,
            text BLOB NOT NULL,
            record BLOB NOT NULL
        );
        CREATE INDEX message_session ON message (session, seq);
        CREATE TABLE event (
            seq INTEGER PRIMARY KEY, session INTEGER NOT NULL, kind TEXT NOT NULL, record BLOB NOT NULL
        );
        CREATE INDEX event_session ON event (session, seq);
        CREATE TABLE exchange (
            session INTEGER NOT NULL,
            number INTEGER NOT NULL,
            tag TEXT NOT NULL,
            name TEXT NOT NULL,
            status TEXT,
            began INTEGER NOT NULL,
            sent INTEGER NOT NULL,
            latency INTEGER,
            client_octets INTEGER NOT NULL,
            server_octets INTEGER NOT NULL,
            untagged INTEGER NOT NULL,
            PRIMARY KEY (session, number)
        ) WITHOUT ROWID;
        CREATE INDEX exchange_name ON exchange (name, latency);
        CREATE INDEX exchange_latency ON exchange (latency);
        CREATE INDEX exchange_status ON exchange (status);
        CREATE TABLE authentication (
            session INTEGER NOT NULL,
            exchange INTEGER NOT NULL,
            time INTEGER NOT NULL,
            mechanism TEXT NOT NULL,
            user TEXT,
            authorization_identity TEXT,
            status TEXT,
            verified TEXT
        );
        CREATE INDEX authentication_session ON authentication (session);
        CREATE INDEX authentication_user ON authentication (user);
        CREATE TABLE finding (
            session INTEGER NOT NULL,
            message INTEGER,
            time INTEGER NOT NULL,
            id TEXT NOT NULL,
            severity TEXT NOT NULL,
            blame TEXT NOT NULL,
            direction TEXT NOT NULL,
            offset INTEGER NOT NULL,
            leg TEXT,
            number TEXT,
            text TEXT NOT NULL,
            reference TEXT NOT NULL
        );
        CREATE INDEX finding_session ON finding (session);
        CREATE INDEX finding_id ON finding (id);
        CREATE TABLE edit (
            session INTEGER NOT NULL,
            time INTEGER NOT NULL,
            direction TEXT NOT NULL,
            offset INTEGER NOT NULL,
            cause TEXT NOT NULL,
            before TEXT NOT NULL,
            after TEXT NOT NULL
        );
        CREATE INDEX edit_session ON edit (session);
        CREATE TABLE blob (id INTEGER PRIMARY KEY, sha256 BLOB NOT NULL UNIQUE, octets BLOB NOT NULL);
        CREATE TABLE literal (
            message INTEGER NOT NULL,
            place INTEGER NOT NULL,
            piece INTEGER NOT NULL,
            session INTEGER NOT NULL,
            blob INTEGER NOT NULL REFERENCES blob (id),
            PRIMARY KEY (message, place, piece)
        ) WITHOUT ROWID;
        CREATE INDEX literal_session ON literal (session);
        CREATE INDEX literal_blob ON literal (blob);
        """
}
