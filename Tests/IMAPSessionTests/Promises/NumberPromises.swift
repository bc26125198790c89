extension Promise {
    /// Which message numbers and counts there may be (RFC 9051 sections 2.3.1.2 and 7.4).
    static let numbers: [Promise] = [
        Promise(
            "FETCH of a message that is not there",
            [.c("a NOOP|"), .s("* 6 FETCH (FLAGS ())|a OK|")],
            ["sequence-number-out-of-range FETCH of message 6, but the mailbox holds 5"]
        ),
        Promise("message 0", [.c("a NOOP|"), .s("* 0 FETCH (FLAGS ())|a OK|")], ["sequence-number-out-of-range"]),
        Promise("FETCH of the last message", [.c("a NOOP|"), .s("* 5 FETCH (FLAGS ())|a OK|")]),
        Promise("FETCH after EXISTS", [.c("a NOOP|"), .s("* 6 EXISTS|* 6 FETCH (FLAGS ())|a OK|")]),
        Promise("EXPUNGE beyond", [.c("a NOOP|"), .s("* 6 EXPUNGE|a OK|")], ["sequence-number-out-of-range"]),
        Promise("EXPUNGE of 0", [.c("a NOOP|"), .s("* 0 EXPUNGE|a OK|")], ["sequence-number-out-of-range"]),
        Promise(
            "five times the last, a sixth time nothing",
            [.c("a EXPUNGE|"), .s("* 5 EXPUNGE|* 4 EXPUNGE|* 3 EXPUNGE|* 2 EXPUNGE|* 1 EXPUNGE|* 1 EXPUNGE|a OK|")],
            ["sequence-number-out-of-range EXPUNGE of message 1, but the mailbox holds 0"]
        ),
        Promise(
            "SEARCH finds too much",
            [.c("a SEARCH ALL|"), .s("* SEARCH 2 6|a OK|")],
            ["sequence-number-out-of-range"]
        ),
        Promise("SEARCH finds the last", [.c("a SEARCH ALL|"), .s("* SEARCH 2 5 (MODSEQ 9)|a OK|")]),
        Promise("UID SEARCH finds UIDs", [.c("a UID SEARCH ALL|"), .s("* SEARCH 2 600|a OK|")]),
        Promise(
            "the client names a message that is not there",
            [.c("a FETCH 1,6 FLAGS|"), .s("a BAD|")],
            ["sequence-number-out-of-range FETCH names message 6, but the mailbox holds 5"]
        ),
        Promise(
            "a range that ends too high",
            [.c("a STORE 4:9 FLAGS ()|"), .s("a BAD|")],
            ["sequence-number-out-of-range"]
        ),
        Promise("the client names the last message", [.c("a FETCH 5 FLAGS|"), .s("a OK|")]),
        Promise("a range to the end", [.c("a FETCH 6:* FLAGS|"), .s("a OK|")]),
        Promise("UIDs may be any", [.c("a UID FETCH 9999 FLAGS|"), .s("a OK|")]),
        Promise(
            "a command that may have crossed an EXPUNGE",
            [.c("a NOOP|"), .s("* 5 EXPUNGE|a OK|"), .c("b FETCH 5 FLAGS|"), .s("b BAD|")]
        ),
        Promise(
            "a command after one that saw the EXPUNGE",
            [.c("a NOOP|"), .s("* 5 EXPUNGE|a OK|"), .c("b NOOP|"), .s("b OK|"), .c("c FETCH 5 FLAGS|"), .s("c BAD|")],
            ["sequence-number-out-of-range"]
        ),
        Promise("a pipelined command", [.c("a NOOP|b FETCH 6 FLAGS|"), .s("* 6 EXISTS|a OK|b OK|")]),
        Promise(
            "a pipelined SELECT and FETCH",
            [.c("a SELECT y|b FETCH 9 FLAGS|"), .s("* 9 EXISTS|a OK|* 9 FETCH (FLAGS ())|b OK|")]
        ),
        Promise(
            "EXISTS that shrinks",
            [.c("a NOOP|"), .s("* 3 EXISTS|a OK|")],
            ["exists-shrank EXISTS falls from 5 to 3 without EXPUNGE: which messages are gone is not said"]
        ),
        Promise("EXISTS that says what EXPUNGE said", [.c("a NOOP|"), .s("* 5 EXPUNGE|* 4 EXISTS|a OK|")]),
        Promise("EXISTS again", [.c("a NOOP|"), .s("* 5 EXISTS|* 7 EXISTS|* 7 EXISTS|a OK|")]),
        Promise("EXISTS beyond 32 bits", [.c("a NOOP|"), .s("* 4294967296 EXISTS|a OK|")], ["number-too-large"]),
        Promise("RECENT above EXISTS", [.c("a NOOP|"), .s("* 6 RECENT|a OK|")], ["recent-above-exists"]),
        Promise("RECENT at most EXISTS", [.c("a NOOP|"), .s("* 5 RECENT|* 1 EXPUNGE|* 4 EXISTS|a OK|")]),
        Promise(
            "RECENT before EXISTS, in SELECT",
            [.c("a SELECT y|"), .s("* 3 RECENT|* 2 EXISTS|a OK|")],
            ["recent-above-exists"]
        ),
        Promise("RECENT before EXISTS of another mailbox", [.c("a SELECT y|"), .s("* 3 RECENT|* 9 EXISTS|a OK|")]),
    ]
}
