import Traffic

/// Every name the notes know, by the document that defines it.
///
/// A new document is one file and one line in this list.
public enum Registry {
    public static let specifications: [Specification] = [
        .imap4rev1Session, .imap4rev1Mailboxes, .imap4rev1Messages, .imap4rev1Responses, .imap4rev1SearchKeys,
        .imap4rev2, .oldIMAP, .binary, .uidplus, .idle, .namespace, .identification, .literals, .multiAppend, .unselect,
        .children, .listExtended, .listStatus, .listMetadata, .specialUse, .importantMailbox, .appendLimit, .statusSize,
        .access, .listRights, .quota, .metadata, .annotate, .enable, .compress, .saslIR, .unauthenticate, .mechanisms,
        .responseCodes, .conditionalStore, .uidOnly, .uidBatches, .messageLimit, .esearch, .searchResult, .contexts,
        .multiSearch, .partial, .fuzzy, .within, .filters, .sortAndThread, .sortDisplay, .move, .replace, .catenate,
        .urlAuth, .convert, .notify, .i18n, .utf8, .objectID, .saveDate, .preview, .inProgress, .jmapAccess,
        .referrals, .sieve, .keywords, .gmail, .apple, .cyrus, .dovecot, .otherVendors,
    ]

    /// Every row, in the order of the documents.
    public static var rows: [RegistryRow] { self.specifications.flatMap(\.rows) }

    private static let index: [RegistryRow.Kind: [String: RegistryRow]] = {
        var index: [RegistryRow.Kind: [String: RegistryRow]] = [:]
        for row in Registry.rows { index[row.kind, default: [:]][row.name.uppercased()] = row }
        return index
    }()

    /// The document that defines a row.
    public static func specification(of row: RegistryRow) -> Specification? {
        self.specifications.first { $0.rows.contains(row) }
    }

    public static func row(_ kind: RegistryRow.Kind, _ name: String) -> RegistryRow? {
        self.index[kind]?[name.uppercased()]
    }

    /// The row of the name that the octets of `range` spell; names beyond 40 octets are in no document.
    public static func row(_ kind: RegistryRow.Kind, _ text: RawSpan, _ range: Range<Int>) -> RegistryRow? {
        guard (1...40).contains(range.count) else { return nil }
        return self.index[kind]?[text.uppercased(range)]
    }
}
