/// What a redaction can hide, by what it is and not where it stands.
public enum Part: String, Sendable, Hashable, CaseIterable {
    case users
    case mailboxes
    case addresses
    case subjects
    /// Values of header fields, message identifiers, names of files.
    case headers
    /// Flags that somebody made up; those of the protocol and the registered ones stay.
    case keywords
    /// Message data: bodies, parts of them, previews, what is appended.
    case bodies
    /// What somebody looked for.
    case searches
    /// Host names, IP addresses and mail addresses, also in text for people and in what peers say of themselves.
    case hosts
    /// Annotations, metadata, URLs, and everything that the grammar does not know.
    case others

    public var meaning: String {
        switch self {
        case .users: "user names in LOGIN, AUTHENTICATE and access control, and wherever they come back in texts"
        case .mailboxes: "names of mailboxes, level by level; INBOX stays"
        case .addresses: "names and addresses in ENVELOPE, and in searches for them"
        case .subjects: "subjects in ENVELOPE, and in searches for them"
        case .headers: "values of header fields, message identifiers, names of files"
        case .keywords: "keywords that are neither the protocol's nor registered"
        case .bodies: "message data: bodies and parts of them, previews, what APPEND carries"
        case .searches: "the texts of other searches"
        case .hosts: "host names, IP and mail addresses in endpoints, greetings, texts and ID"
        case .others: "annotations, metadata, URLs, unknown commands and responses, lines that are no message"
        }
    }

    /// The word that placeholders begin with.
    var word: String {
        switch self {
        case .users: "user"
        case .mailboxes: "mailbox"
        case .addresses: "name"
        case .subjects: "subject"
        case .headers: "header"
        case .keywords: "keyword"
        case .bodies: "body"
        case .searches: "search"
        case .hosts: "host"
        case .others: "text"
        }
    }
}
