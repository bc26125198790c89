extension Promise {
    /// When messages may vanish (RFC 9051 section 7.5.1, RFC 7162 section 3.2.10, RFC 5465).
    static let expunges: [Promise] = [
        Promise(
            "EXPUNGE during FETCH",
            [.c("a FETCH 1 FLAGS|"), .s("* 2 EXPUNGE|a OK|")],
            ["P07 EXPUNGE during FETCH: the client may use numbers that have shifted"]
        ),
        Promise("EXPUNGE during STORE", [.c("a STORE 1 FLAGS ()|"), .s("* 2 EXPUNGE|a OK|")], ["P07"]),
        Promise("EXPUNGE during SEARCH", [.c("a SEARCH ALL|"), .s("* 2 EXPUNGE|a OK|")], ["P07"]),
        Promise(
            "EXPUNGE while no command is in progress",
            [.c("a NOOP|"), .s("a OK|* 2 EXPUNGE|")],
            ["P07 EXPUNGE while no command is in progress: the next command may use numbers that have shifted"]
        ),
        Promise(
            "EXPUNGE before the command is there whole",
            [.c("a CREATE {1}|"), .s("* 2 EXPUNGE|+ go|"), .c("x|"), .s("a OK|")],
            ["P07"]
        ),
        Promise("EXPUNGE during UID FETCH", [.c("a UID FETCH 1 FLAGS|"), .s("* 2 EXPUNGE|a OK|")]),
        Promise("EXPUNGE during UID STORE", [.c("a UID STORE 1 FLAGS ()|"), .s("* 2 EXPUNGE|a OK|")]),
        Promise("EXPUNGE during UID SEARCH", [.c("a UID SEARCH ALL|"), .s("* 2 EXPUNGE|a OK|")]),
        Promise("EXPUNGE during NOOP", [.c("a NOOP|"), .s("* 2 EXPUNGE|a OK|")]),
        Promise("EXPUNGE during EXPUNGE", [.c("a EXPUNGE|"), .s("* 5 EXPUNGE|* 4 EXPUNGE|a OK|")]),
        Promise(
            "EXPUNGE during IDLE",
            [.c("a IDLE|"), .s("+ idling|* 2 EXPUNGE|"), .c("DONE|"), .s("* 1 EXPUNGE|a OK|")]
        ),
        Promise("EXPUNGE during COPY", [.c("a COPY 1 x|"), .s("* 2 EXPUNGE|a OK|")]),
        Promise("EXPUNGE during FETCH and NOOP", [.c("a FETCH 1 FLAGS|b NOOP|"), .s("* 2 EXPUNGE|a OK|b OK|")]),
        Promise(
            "EXPUNGE at any time after NOTIFY with SELECTED",
            [
                .c("a NOTIFY SET (selected (MessageNew MessageExpunge))|"), .s("a OK|* 2 EXPUNGE|"),
                .c("b NOTIFY NONE|"), .s("b OK|* 2 EXPUNGE|"),
            ],
            ["P07"]
        ),
        Promise(
            "SELECTED-DELAYED waits for a command",
            [.c("a NOTIFY SET (selected-delayed (MessageExpunge))|"), .s("a OK|* 2 EXPUNGE|")],
            ["P07"]
        ),
        Promise(
            "VANISHED during FETCH",
            [
                .c("q ENABLE QRESYNC|"), .s("* ENABLED QRESYNC|q OK|"), .c("a FETCH 1 FLAGS|"),
                .s("* VANISHED 50|a OK|"),
            ],
            ["command-in-wrong-state", "P07 VANISHED during FETCH"]
        ),
        Promise(
            "VANISHED (EARLIER) may come with any UID FETCH",
            [
                .c("q ENABLE QRESYNC|"), .s("* ENABLED QRESYNC|q OK|"), .c("s SELECT x (QRESYNC (7 1))|"),
                .s("* 3 EXISTS|* VANISHED (EARLIER) 1:40|s OK|"),
                .c("a UID FETCH 1:* FLAGS (CHANGEDSINCE 1 VANISHED)|"),
                .s("* VANISHED (EARLIER) 41|a OK|"),
            ],
            selected: false
        ),
    ]
}
