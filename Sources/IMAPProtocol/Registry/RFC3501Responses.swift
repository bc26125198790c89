extension Specification {
    /// RFC 3501 section 7: responses and response codes.
    static let imap4rev1Responses = Specification(
        "RFC 3501",
        "IMAP4rev1: responses and codes",
        [
            RegistryRow(
                .response,
                "OK",
                "information",
                shape: #"("*" / tag) SP OK SP ["[" resp-text-code "]" SP] text"#,
                section: "7.1.1",
                also: "RFC 9051 section 7.1.1",
                related: ["NO", "BAD"]
            ),
            RegistryRow(
                .response,
                "NO",
                "warning",
                shape: #"("*" / tag) SP NO SP ["[" resp-text-code "]" SP] text"#,
                section: "7.1.2",
                also: "RFC 9051 section 7.1.2",
                remark: "with a tag the command failed; without one it is a warning",
                related: ["OK", "BAD"]
            ),
            RegistryRow(
                .response,
                "BAD",
                "the server did not understand something or is at fault",
                shape: #"("*" / tag) SP BAD SP ["[" resp-text-code "]" SP] text"#,
                section: "7.1.3",
                also: "RFC 9051 section 7.1.3",
                remark: "with a tag the command was not understood",
                related: ["OK", "NO", "CLIENTBUG"]
            ),
            RegistryRow(
                .response,
                "BYE",
                "the server closes the connection",
                shape: #""*" SP BYE SP ["[" resp-text-code "]" SP] text"#,
                section: "7.1.5",
                also: "RFC 9051 section 7.1.5",
                related: ["LOGOUT", "UNAVAILABLE"]
            ),
            RegistryRow(
                .response,
                "PREAUTH",
                "already logged in",
                shape: #""*" SP PREAUTH SP ["[" resp-text-code "]" SP] text"#,
                section: "7.1.4",
                also: "RFC 9051 section 7.1.4",
                remark: "only as the greeting; STARTTLS is impossible then",
                related: ["STARTTLS"]
            ),
            RegistryRow(
                .response,
                "CAPABILITY",
                "the server lists what it can do",
                shape: #""*" SP CAPABILITY 1*(SP capability)"#,
                section: "7.2.1",
                also: "RFC 9051 section 7.2.2",
                related: ["ENABLED"]
            ),
            RegistryRow(
                .response,
                "FLAGS",
                "flags in use in this mailbox",
                shape: #""*" SP FLAGS SP "(" [flag *(SP flag)] ")""#,
                section: "7.2.6",
                also: "RFC 9051 section 7.3.5",
                related: ["PERMANENTFLAGS", "SELECT"]
            ),
            RegistryRow(
                .response,
                "EXISTS",
                "number of messages in the mailbox",
                shape: #""*" SP number SP EXISTS"#,
                section: "7.3.1",
                also: "RFC 9051 section 7.4.1",
                related: ["EXPUNGE", "SELECT", "IDLE"]
            ),
            RegistryRow(
                .response,
                "RECENT",
                "number of messages new to this session",
                shape: #""*" SP number SP RECENT"#,
                section: "7.3.2",
                remark: "not in IMAP4rev2 (RFC 9051 appendix E)",
                related: [#"\Recent"#, "EXISTS"]
            ),
            RegistryRow(
                .response,
                "EXPUNGE",
                "a message is gone; later ones move down by one",
                shape: #""*" SP nz-number SP EXPUNGE"#,
                section: "7.4.1",
                also: "RFC 9051 section 7.5.1",
                remark: "never while no command runs, nor during FETCH, STORE or SEARCH",
                related: ["VANISHED", "EXISTS", "EXPUNGEISSUED"]
            ),
            RegistryRow(
                .response,
                "FETCH",
                "message data or changed flags",
                shape: #""*" SP nz-number SP FETCH SP "(" msg-att *(SP msg-att) ")""#,
                section: "7.4.2",
                also: "RFC 9051 section 7.5.2",
                related: ["UIDFETCH", "STORE"]
            ),
            RegistryRow(
                .response,
                "LIST",
                "a mailbox and its properties",
                shape:
                    #""*" SP LIST SP "(" [mbx-list-flag *(SP mbx-list-flag)] ")" SP (DQUOTE delimiter DQUOTE / NIL) SP mailbox [SP mbox-list-extended]"#,
                section: "7.2.2",
                also: "RFC 9051 section 7.3.1",
                related: ["LSUB", "NAMESPACE"]
            ),
            RegistryRow(
                .response,
                "LSUB",
                "a subscribed mailbox",
                shape:
                    #""*" SP LSUB SP "(" [mbx-list-flag *(SP mbx-list-flag)] ")" SP (DQUOTE delimiter DQUOTE / NIL) SP mailbox"#,
                section: "7.2.3",
                remark: "not in IMAP4rev2 (RFC 9051 appendix E)",
                related: ["LIST", "SUBSCRIBE"]
            ),
            RegistryRow(
                .response,
                "STATUS",
                "counters of a mailbox",
                shape: #""*" SP STATUS SP mailbox SP "(" [status-att SP value *(SP status-att SP value)] ")""#,
                section: "7.2.4",
                also: "RFC 9051 section 7.3.3",
                related: ["EXISTS", "LIST-STATUS"]
            ),
            RegistryRow(
                .response,
                "SEARCH",
                "messages that match",
                shape: #""*" SP SEARCH *(SP nz-number) [SP "(" MODSEQ SP mod-sequence-value ")"]"#,
                section: "7.2.5",
                remark: "IMAP4rev2 answers with ESEARCH instead (RFC 9051 appendix E)",
                related: ["ESEARCH", "SORT"]
            ),
            RegistryRow(
                .syntax,
                "+",
                "the server is ready for more: a literal, a SASL answer or IDLE",
                shape: #""+" SP (resp-text / base64) CRLF"#,
                section: "7.5",
                also: "RFC 9051 section 7.6",
                related: ["AUTHENTICATE", "IDLE", "{n}"]
            ),
            RegistryRow(
                .syntax,
                "*",
                "an untagged line of the server; in a set the highest number in use; from the client it cancels AUTHENTICATE",
                shape: #""*" SP response"#,
                section: "2.2.2",
                also: "RFC 9051 section 2.2.2",
                related: ["UID", "AUTHENTICATE"]
            ),
        ]
    )
}
