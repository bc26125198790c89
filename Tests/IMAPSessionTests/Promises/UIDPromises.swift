extension Promise {
    /// UIDs, UIDVALIDITY and mod-sequences rise (RFC 9051 section 2.3.1.1, RFC 7162).
    static let uids: [Promise] = [
        Promise(
            "a UID that does not rise",
            [.c("a FETCH 1:* UID|"), .s("* 1 FETCH (UID 10)|* 2 FETCH (UID 10)|a OK|")],
            ["P09 message 2 has UID 10, but a message before it has UID 10: UIDs must rise"]
        ),
        Promise(
            "a UID above the next",
            [.c("a FETCH 1:* UID|"), .s("* 4 FETCH (UID 10)|* 2 FETCH (UID 11)|a OK|")],
            ["P09 message 2 has UID 11, but a message behind it has UID 10: UIDs must rise"]
        ),
        Promise(
            "a UID that changes",
            [.c("a FETCH 1:* UID|"), .s("* 2 FETCH (UID 10)|* 2 FETCH (FLAGS () UID 11)|a OK|")],
            ["P09 message 2 had UID 10 and now has UID 11"]
        ),
        Promise("UID 0", [.c("a FETCH 1:* UID|"), .s("* 2 FETCH (UID 0)|a OK|")], ["P09 0 is no UID"]),
        Promise("a UID of 33 bits", [.c("a FETCH 1 UID|"), .s("* 2 FETCH (UID 4294967296)|a OK|")], ["P09"]),
        Promise(
            "UIDs that rise in any order of lines, and move down",
            [
                .c("a FETCH 1:* UID|"), .s("* 5 FETCH (UID 50)|* 1 FETCH (UID 10)|* 3 FETCH (UID 30)|a OK|"),
                .c("b NOOP|"), .s("* 1 EXPUNGE|* 2 FETCH (UID 30)|* 4 FETCH (UID 50)|b OK|"),
            ]
        ),
        Promise(
            "UIDs of another mailbox are others",
            [
                .c("a FETCH 1:* UID|"), .s("* 1 FETCH (UID 50)|a OK|"), .c("b SELECT y|"),
                .s("* 1 EXISTS|b OK|"), .c("c FETCH 1 UID|"), .s("* 1 FETCH (UID 3)|c OK|"),
            ]
        ),
        Promise(
            "what a search let conclude is not held against the server",
            [
                .c("a UID SEARCH ALL|"), .s("* SEARCH 10 20 30 40 50|a OK|"), .c("b FETCH 2 UID|"),
                .s("* 2 FETCH (UID 21)|b OK|"),
            ]
        ),
        Promise(
            "UIDNEXT below a UID",
            [.c("a FETCH 1 UID|"), .s("* 1 FETCH (UID 61)|* OK [UIDNEXT 61] x|a OK|")],
            ["P09 UIDNEXT is 61, but a message has UID 61 already"]
        ),
        Promise("UIDNEXT above all UIDs", [.c("a FETCH 1 UID|"), .s("* 1 FETCH (UID 61)|* OK [UIDNEXT 62] x|a OK|")]),
        Promise(
            "UIDVALIDITY changes between two SELECTs",
            [.c("a SELECT inbox|"), .s("* 5 EXISTS|* OK [UIDVALIDITY 8]|a OK|")],
            ["P09 UIDVALIDITY of “inbox” was 7 and is 8 now: what clients cached is void"]
        ),
        Promise(
            "UIDVALIDITY falls",
            [.c("a SELECT y|"), .s("a NO|"), .c("b EXAMINE INBOX|"), .s("* 5 EXISTS|* OK [UIDVALIDITY 6]|b OK|")],
            ["P09 UIDVALIDITY of “INBOX” was 7 and is 6 now: what clients cached is void, and it must never fall"]
        ),
        Promise(
            "UIDVALIDITY changes while open",
            [.c("a NOOP|"), .s("* OK [UIDVALIDITY 8]|a OK|")],
            ["P09 UIDVALIDITY changes from 7 to 8 while the mailbox is open"]
        ),
        Promise("another mailbox has another UIDVALIDITY", [.c("a SELECT y|"), .s("* OK [UIDVALIDITY 9]|a OK|")]),
        Promise(
            "a mailbox that the client made anew",
            [
                .c("a CLOSE|"), .s("a OK|"), .c("b DELETE INBOX|"), .s("b OK|"), .c("c SELECT INBOX|"),
                .s("* 0 EXISTS|* OK [UIDVALIDITY 9]|c OK|"),
            ]
        ),
        Promise("UIDVALIDITY 0 is unknown", [.c("a SELECT INBOX|"), .s("* OK [UIDVALIDITY 0]|a OK|")]),
        Promise(
            "HIGHESTMODSEQ falls",
            [
                .c("a CLOSE|"), .s("a OK|"), .c("b SELECT INBOX|"),
                .s("* OK [UIDVALIDITY 7]|* OK [HIGHESTMODSEQ 89]|b OK|"),
            ],
            ["P09 HIGHESTMODSEQ falls from 90 to 89"]
        ),
        Promise("HIGHESTMODSEQ falls while open", [.c("a EXPUNGE|"), .s("a OK [HIGHESTMODSEQ 89] x|")], ["P09"]),
        Promise("HIGHESTMODSEQ rises", [.c("a EXPUNGE|"), .s("a OK [HIGHESTMODSEQ 91] x|")]),
        Promise(
            "NOMODSEQ",
            [.c("a SELECT INBOX|"), .s("* OK [UIDVALIDITY 7]|* OK [NOMODSEQ]|a OK|")]
        ),
    ]
}
