/// One name of the protocol and what it means.
public struct RegistryRow: Sendable, Hashable {
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        case command
        case response
        case code
        case capability
        case mechanism
        case flag
        case mailboxAttribute = "mailbox attribute"
        case fetchItem = "FETCH item"
        case searchKey = "SEARCH key"
        case statusItem = "STATUS item"
        case right
        case resource
    }

    public var kind: Kind
    /// As the document spells it; looked up without regard to case.
    public var name: String
    /// What it means; a phrase that a sentence can be built on, lower-case, without a full stop.
    public var sentence: String

    static func command(_ name: String, _ sentence: String) -> RegistryRow {
        RegistryRow(kind: .command, name: name, sentence: sentence)
    }

    static func response(_ name: String, _ sentence: String) -> RegistryRow {
        RegistryRow(kind: .response, name: name, sentence: sentence)
    }

    static func code(_ name: String, _ sentence: String) -> RegistryRow {
        RegistryRow(kind: .code, name: name, sentence: sentence)
    }

    static func capability(_ name: String, _ sentence: String) -> RegistryRow {
        RegistryRow(kind: .capability, name: name, sentence: sentence)
    }

    static func mechanism(_ name: String, _ sentence: String) -> RegistryRow {
        RegistryRow(kind: .mechanism, name: name, sentence: sentence)
    }

    static func flag(_ name: String, _ sentence: String) -> RegistryRow {
        RegistryRow(kind: .flag, name: name, sentence: sentence)
    }

    static func attribute(_ name: String, _ sentence: String) -> RegistryRow {
        RegistryRow(kind: .mailboxAttribute, name: name, sentence: sentence)
    }

    static func fetch(_ name: String, _ sentence: String) -> RegistryRow {
        RegistryRow(kind: .fetchItem, name: name, sentence: sentence)
    }

    static func search(_ name: String, _ sentence: String) -> RegistryRow {
        RegistryRow(kind: .searchKey, name: name, sentence: sentence)
    }

    static func status(_ name: String, _ sentence: String) -> RegistryRow {
        RegistryRow(kind: .statusItem, name: name, sentence: sentence)
    }

    static func right(_ name: String, _ sentence: String) -> RegistryRow {
        RegistryRow(kind: .right, name: name, sentence: sentence)
    }

    static func resource(_ name: String, _ sentence: String) -> RegistryRow {
        RegistryRow(kind: .resource, name: name, sentence: sentence)
    }
}
