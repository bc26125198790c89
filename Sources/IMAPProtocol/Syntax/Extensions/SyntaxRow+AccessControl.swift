import IMAPWire
import Traffic

extension SyntaxRow {
    /// RFC 4314.
    static let accessControl: [SyntaxRow] = [
        .command("GETACL", .getacl) { $0.mailbox(.mailbox, $1) },
        .command("SETACL", .setacl) { parser, text in
            parser.mailbox(.mailbox, text)
            parser.astring(.identifier, text)
            parser.astring(.modRights, text)
        },
        .command("DELETEACL", .deleteacl) { parser, text in
            parser.mailbox(.mailbox, text)
            parser.astring(.identifier, text)
        },
        .command("LISTRIGHTS", .listrights) { parser, text in
            parser.mailbox(.mailbox, text)
            parser.astring(.identifier, text)
        },
        .command("MYRIGHTS", .myrights) { $0.mailbox(.mailbox, $1) },
        .response("ACL", .aclData) { parser, text in
            parser.mailbox(.mailbox, text)
            while !parser.atClose {
                let index = parser.open(.aclEntry, at: parser.tokenBegin(text))
                parser.astring(.identifier, text)
                parser.astring(.rights, text)
                parser.close(index)
            }
        },
        .response("LISTRIGHTS", .listrightsData) { parser, text in
            parser.mailbox(.mailbox, text)
            parser.astring(.identifier, text)
            parser.astring(.requiredRights, text)
            while !parser.atClose { parser.astring(.optionalRights, text) }
        },
        .response("MYRIGHTS", .myrightsData) { parser, text in
            parser.mailbox(.mailbox, text)
            parser.astring(.rights, text)
        },
    ]

    /// RFC 9208.
    static let quota: [SyntaxRow] = [
        .command("GETQUOTA", .getquota) { $0.astring(.quotaRootName, $1) },
        .command("GETQUOTAROOT", .getquotaroot) { $0.mailbox(.mailbox, $1) },
        .command("SETQUOTA", .setquota) { parser, text in
            parser.astring(.quotaRootName, text)
            parser.list(.setquotaList, text) { parser, text in
                let index = parser.open(.setquotaResource, at: parser.tokenBegin(text))
                parser.atom(.resourceName, text)
                parser.number(.resourceLimit, .number64, text)
                parser.close(index)
            }
        },
        .response("QUOTA", .quotaResponse) { parser, text in
            parser.astring(.quotaRootName, text)
            parser.list(.quotaList, text) { parser, text in
                let index = parser.open(.quotaResource, at: parser.tokenBegin(text))
                parser.atom(.resourceName, text)
                parser.number(.resourceUsage, .number64, text)
                parser.number(.resourceLimit, .number64, text)
                parser.close(index)
            }
        },
        .response("QUOTAROOT", .quotarootResponse) { parser, text in
            parser.mailbox(.mailbox, text)
            while !parser.atClose { parser.astring(.quotaRootName, text) }
        },
    ]
}
