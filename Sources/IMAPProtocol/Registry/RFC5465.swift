extension Specification {
    /// RFC 5465, NOTIFY.
    static let notify = Specification(
        "RFC 5465",
        "NOTIFY",
        [
            RegistryRow(
                .command,
                "NOTIFY",
                "chooses which changes the server pushes",
                shape: #"NOTIFY SP (NONE / SET [SP STATUS] 1*(SP "(" filter-mailboxes SP events ")"))"#,
                section: "3.1",
                states: .loggedIn,
                related: ["IDLE", "BADEVENT", "NOTIFICATIONOVERFLOW"]
            ),
            RegistryRow(
                .capability,
                "NOTIFY",
                "the server can push changes of any mailbox",
                shape: "NOTIFY",
                section: "3",
                related: ["IDLE", "CONTEXT=SEARCH"]
            ),
            RegistryRow(
                .code,
                "NOTIFICATIONOVERFLOW",
                "too many changes; NOTIFY is now off",
                shape: #""[" NOTIFICATIONOVERFLOW "]""#,
                section: "5.8",
                related: ["NOTIFY"]
            ),
            RegistryRow(
                .code,
                "BADEVENT",
                "some NOTIFY events are not supported",
                shape: #""[" BADEVENT SP "(" event *(SP event) ")" "]""#,
                section: "5",
                related: ["NOTIFY"]
            ),
            RegistryRow(
                .mailboxAttribute,
                #"\NoAccess"#,
                "not accessible",
                shape: #"\NoAccess"#,
                section: "5.9",
                related: ["LIST", "MYRIGHTS"]
            ),
            RegistryRow(
                .mailboxFilter,
                "selected",
                "the open mailbox, changes reported at once",
                shape: "selected",
                section: "6.1",
                related: ["selected-delayed"]
            ),
            RegistryRow(
                .mailboxFilter,
                "selected-delayed",
                "the open mailbox, removals reported only when it is allowed",
                shape: "selected-delayed",
                section: "6.1",
                related: ["selected"]
            ),
            RegistryRow(
                .mailboxFilter,
                "inboxes",
                "mailboxes to which new mail may be delivered",
                shape: "inboxes",
                section: "6.3",
                also: "RFC 7377 section 2.2",
                related: ["personal"]
            ),
            RegistryRow(
                .mailboxFilter,
                "personal",
                "all mailboxes of the user",
                shape: "personal",
                section: "6.2",
                also: "RFC 7377 section 2.2",
                related: ["inboxes", "NAMESPACE"]
            ),
            RegistryRow(
                .mailboxFilter,
                "subscribed",
                "all subscribed mailboxes",
                shape: "subscribed",
                section: "6.4",
                also: "RFC 7377 section 2.2",
                related: ["SUBSCRIBE"]
            ),
            RegistryRow(
                .mailboxFilter,
                "subtree",
                "mailboxes and all below them",
                shape: #"subtree SP (mailbox / "(" mailbox *(SP mailbox) ")")"#,
                section: "6.5",
                also: "RFC 7377 section 2.2",
                related: ["subtree-one"]
            ),
            RegistryRow(
                .mailboxFilter,
                "mailboxes",
                "these mailboxes",
                shape: #"mailboxes SP (mailbox / "(" mailbox *(SP mailbox) ")")"#,
                section: "6.6",
                also: "RFC 7377 section 2.2",
                related: ["subtree"]
            ),
            RegistryRow(
                .notifyEvent,
                "MessageNew",
                "a message arrives",
                shape: #"MessageNew [SP "(" fetch-att *(SP fetch-att) ")"]"#,
                section: "5.2",
                related: ["EXISTS", "FETCH"]
            ),
            RegistryRow(
                .notifyEvent,
                "MessageExpunge",
                "a message is removed",
                shape: "MessageExpunge",
                section: "5.3",
                related: ["EXPUNGE", "VANISHED"]
            ),
            RegistryRow(
                .notifyEvent,
                "FlagChange",
                "flags change",
                shape: "FlagChange",
                section: "5.1",
                related: ["FLAGS"]
            ),
            RegistryRow(
                .notifyEvent,
                "AnnotationChange",
                "annotations of messages change",
                shape: "AnnotationChange",
                section: "5.1",
                related: ["ANNOTATION"]
            ),
            RegistryRow(
                .notifyEvent,
                "MailboxName",
                "a mailbox is created, renamed or deleted",
                shape: "MailboxName",
                section: "5.4",
                related: ["LIST", "OLDNAME"]
            ),
            RegistryRow(
                .notifyEvent,
                "SubscriptionChange",
                "a mailbox is subscribed or unsubscribed",
                shape: "SubscriptionChange",
                section: "5.5",
                related: ["SUBSCRIBE"]
            ),
            RegistryRow(
                .notifyEvent,
                "MailboxMetadataChange",
                "annotations of mailboxes change",
                shape: "MailboxMetadataChange",
                section: "5.6",
                related: ["METADATA"]
            ),
            RegistryRow(
                .notifyEvent,
                "ServerMetadataChange",
                "annotations of the server change",
                shape: "ServerMetadataChange",
                section: "5.7",
                related: ["METADATA-SERVER"]
            ),
        ]
    )
}
