extension Promise {
    /// What may be said in which state of the session (RFC 9051 section 3).
    static let states: [Promise] = [
        Promise(
            "FETCH while no mailbox is open",
            [.c("a NOOP|"), .s("* 1 FETCH (FLAGS ())|a OK|")],
            ["P08 FETCH while no mailbox is open"],
            selected: false
        ),
        Promise("EXISTS while no mailbox is open", [.c("a NOOP|"), .s("* 1 EXISTS|a OK|")], ["P08"], selected: false),
        Promise("FLAGS while no mailbox is open", [.s("* FLAGS ()|")], ["P08"], selected: false),
        Promise("SEARCH while no mailbox is open", [.s("* SEARCH 1|")], ["P08"], selected: false),
        Promise("EXPUNGE after CLOSE", [.c("a CLOSE|"), .s("a OK|* 1 EXPUNGE|")], ["P08"]),
        Promise("EXISTS after UNSELECT", [.c("a UNSELECT|"), .s("a OK|* 1 EXISTS|")], ["P08"]),
        Promise("EXISTS after a failed SELECT", [.c("a SELECT y|"), .s("a NO no|* 1 EXISTS|")], ["P08"]),
        Promise("EXISTS after a malformed SELECT", [.c("a SELECT y z|"), .s("a BAD no|* 6 EXISTS|")]),
        Promise("EXISTS after a refused CLOSE", [.c("a CLOSE|"), .s("a BAD no|* 6 EXISTS|")]),
        Promise(
            "data of SELECT, in any order, behind other commands",
            [.c("x NOOP|a SELECT y|"), .s("x OK|* OK [UIDNEXT 3]|* 1 EXISTS|* FLAGS ()|* 1 FETCH (UID 2)|a OK|")],
            selected: false
        ),
        Promise(
            "CLOSED separates two mailboxes",
            [
                .c("a SELECT y|"), .s("* 1 EXPUNGE|* 7 EXISTS|* OK [CLOSED] bye|* 1 EXISTS|* 1 FETCH (UID 1)|a OK|"),
                .c("b FETCH 2 FLAGS|"), .s("b BAD|"),
            ],
            ["sequence-number-out-of-range"]
        ),
        Promise(
            "a search of several mailboxes",
            [.c("a ESEARCH IN (personal) ALL|"), .s("* ESEARCH (TAG \"a\") ALL 1|a OK|")],
            selected: false
        ),
        Promise(
            "ENABLE after SELECT",
            [.c("a ENABLE CONDSTORE|"), .s("* ENABLED CONDSTORE|a OK|")],
            ["command-in-wrong-state ENABLE is allowed only before a mailbox is opened"]
        ),
        Promise("ENABLE before SELECT", [.c("a ENABLE CONDSTORE|"), .s("* ENABLED CONDSTORE|a OK|")], selected: false),
        Promise(
            "a server that hangs up",
            [.s("* BYE [UNAVAILABLE] back soon|")],
            ["P15 the server ends the session without LOGOUT: “UNAVAILABLE”"]
        ),
        Promise("a server that is asked to hang up", [.c("a LOGOUT|"), .s("* BYE|a OK|")]),
        Promise(
            "a referral",
            [.c("a SELECT y|"), .s("a NO [REFERRAL imap://user;AUTH=*@other/y] there|")],
            ["S14 the server refers the client to “imap://user;AUTH=*@other/y”, past imapscope"],
            selected: false
        ),
        Promise("IDLE for half an hour", [.c("a IDLE|"), .s("+ |"), .minutes(31), .c("DONE|"), .s("a OK|")], ["P13"]),
        Promise("IDLE renewed in time", [.c("a IDLE|"), .s("+ |"), .minutes(29), .c("DONE|"), .s("a OK|")]),
    ]
}
