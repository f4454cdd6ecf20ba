namespace TabularLeague;

/// <summary>A table of the league.</summary>
/// <param name="Name">What results call it.</param>
/// <param name="Predicted">What is predicted.</param>
/// <param name="Label">The column of what is predicted.</param>
/// <param name="Files">Where it is, under the folder of data; a file of the repository has no folder.</param>
internal sealed record Table(string Name, Prediction Predicted, string Label, params string[] Files)
{
    /// <summary>The columns of categories. The others hold numbers.</summary>
    public string[] Categories { get; init; } = [];

    /// <summary>The columns that are not used.</summary>
    public string[] Dropped { get; init; } = [];

    /// <summary>The label of the class 1, where there are two: texts other than 0 and 1.</summary>
    public string Positive { get; init; } = "1";

    /// <summary>What is done to a number that is predicted.</summary>
    public Func<double, double> Target { get; init; } = value => value;

    /// <summary>Whether it comes with the program.</summary>
    public bool IsShipped => !Files[0].Contains('/');
}
