import Traffic

/// Every name that imapscope knows, by the document that defines it: the notes, `imapscope explain` and the reference
/// pages of the guide come from here.
///
/// A new document is one file and one word in this list.
public enum Registry {
    public static let specifications: [Specification] = [
        .imap4rev1Session, .imap4rev1Mailboxes, .imap4rev1Messages, .imap4rev1FetchItems, .imap4rev1Responses,
        .imap4rev1ResponseCodes, .imap4rev1SearchKeys, .imap4rev1Syntax, .imap4rev2, .oldIMAP, .earlyIMAP4rev1, .idle,
        .mailboxReferrals, .loginReferrals, .namespace, .identification, .children, .multiAppend, .binary, .unselect,
        .access, .uidplus, .urlAuth, .catenate, .esearch, .saslIR, .compress, .within, .enable, .searchResult, .i18n,
        .sortAndThread, .annotate, .listExtended, .convert, .contexts, .metadata, .notify, .filters, .urlAuthBinary,
        .responseCodes, .lemonade, .utf8Experiment, .keywords, .listStatus, .sortDisplay, .specialUse, .fuzzy, .sieve,
        .move, .downgrade, .conditionalStore, .multiSearch, .literals, .appendLimit, .unauthenticate, .statusSize,
        .listRights, .importantMailbox, .objectID, .objectIDPlus, .replace, .saveDate, .preview, .quota, .partial,
        .inProgress, .uidOnly, .listMetadata, .jmapAccess, .messageLimit, .utf8, .uidBatches, .mechanisms, .gmail,
        .apple, .cyrus, .cyrusAdministration, .dovecot, .otherVendors,
    ]

    /// Every row, in the order of the documents.
    public static let rows: [RegistryRow] = Registry.specifications.flatMap(\.rows)

    private static let index = RegistryIndex(Registry.rows)

    /// Longer names are in no document; hostile ones are not even hashed.
    static let longestName = 40

    public static func row(_ kind: RegistryRow.Kind, _ name: String) -> RegistryRow? {
        let octets = Array(name.utf8)
        return self.row(kind, octets.span.bytes, 0..<octets.count)
    }

    /// The row of the name that the octets of `range` spell, whatever their case.
    public static func row(_ kind: RegistryRow.Kind, _ text: RawSpan, _ range: Range<Int>) -> RegistryRow? {
        guard (1...self.longestName).contains(range.count) else { return nil }
        return self.index.row(kind, text, range)
    }

    /// The rows of a name, one for each kind that it is of.
    public static func rows(named name: String) -> [RegistryRow] {
        RegistryRow.Kind.allCases.compactMap { self.row($0, name) }
    }
}
