namespace ModelPerGroup;

/// <summary>Errors on test rows and seconds of a fit, of one seed.</summary>
/// <param name="Groups">How many groups have enough rows.</param>
/// <param name="Common">One model of all rows.</param>
/// <param name="Alone">A model of each group's rows alone, all together; null where it was left out.</param>
/// <param name="Each">FitEach, with the common fit.</param>
/// <param name="Pull">What it chose; null for the common network.</param>
internal sealed record Figures(
    int Groups, (double Error, double Seconds) Common, (double Error, double Seconds)? Alone, (double Error, double Seconds) Each, double? Pull);
