/// The script of the page. It puts what came from the wire into the page as text only, never as markup.
enum ReportScript {
    static let parts: [StaticString] = [Self.beginning, Self.reading, Self.filtering, Self.showing, Self.moving]

    private static let beginning: StaticString = """

        "use strict";
        document.addEventListener("DOMContentLoaded", () => {

        """
}
