namespace Microsoft.ML.Regularization.Augmentation;

/// <summary>English words with a function in a sentence, by the function.</summary>
internal static class EnglishStopWords
{
    private const string Words =
        """
        a an the this that these those such some any each every either neither both all no none few many much more most other another same
        i me my mine myself we us our ours ourselves you your yours yourself yourselves he him his himself she her hers herself it its itself
        they them their theirs themselves one who whom whose which what
        am is are was were be been being have has had having do does did doing done can could will would shall should may might must ought
        and or but nor so yet if then else than because as while until unless although though since whether
        of at by for with about against between into through during before after above below to from up down in out on off over under
        upon within without toward towards across along among around behind beside beyond near
        not only very too just also again further once here there when where why how now ever never always
        i'm i've i'd i'll you're you've you'll he's she's it's we're we've we'll they're they've they'll that's there's what's who's let's
        isn't aren't wasn't weren't don't doesn't didn't haven't hasn't hadn't can't cannot couldn't won't wouldn't shouldn't mustn't
        """;

    public static IEnumerable<string> All { get; } =
    [
        .. Words.Split([' ', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(word => word.Contains('\'', StringComparison.Ordinal) ? new[] { word, word.Replace('\'', '\u2019') } : [word]),
    ];
}
