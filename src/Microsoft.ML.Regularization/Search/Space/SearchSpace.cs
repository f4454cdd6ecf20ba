using System.Globalization;
using Microsoft.ML.Regularization.Search;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// What a search varies: options to begin with, named dimensions that change them, and further starts that are tried before anything is drawn.
/// </summary>
/// <remarks>
/// Legal ranges are those of the options: both ends of a dimension, and each choice, are checked by making the pipeline when the dimension is added, so a space
/// that no network could have is refused where it is written down. What contradicts each other only together fails as a trial.
/// </remarks>
/// <example><code>
/// var space = new SearchSpace(new NeuralNetworkOptions { Architecture = NetworkArchitecture.ConvNet(32, 64) }, ml.MulticlassClassification.Trainers.NeuralNetwork)
///     .LogUniform("LearningRate", 1e-4, 1e-2, (options, value) => options with { LearningRate = value })
///     .Choose("BatchSize", [32, 64, 128], (options, value) => options with { BatchSize = value });
/// </code></example>
public sealed class SearchSpace
{
    private readonly List<SearchDimension> _dimensions = [];
    private readonly List<(string Name, NeuralNetworkOptions Options)> _starts = [];

    /// <summary>A space without dimensions.</summary>
    /// <param name="options">The options to begin with. The search keeps checkpoints of its own, so these ask for none.</param>
    /// <param name="pipeline">
    /// Makes what is fitted of options: a trainer, such as <c>ml.Regression.Trainers.NeuralNetwork</c>, or transforms and a trainer. It gives the same for the same
    /// options.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">The options are not legal, or have checkpoints.</exception>
    public SearchSpace(NeuralNetworkOptions options, Func<NeuralNetworkOptions, IEstimator<ITransformer>> pipeline)
    {
        Contracts.CheckValue(options, nameof(options));
        Contracts.CheckValue(pipeline, nameof(pipeline));
        (BaseOptions, Pipeline) = (options, pipeline);
        Check(options, nameof(options), "The options to begin with are refused");
    }

    internal NeuralNetworkOptions BaseOptions { get; }

    internal Func<NeuralNetworkOptions, IEstimator<ITransformer>> Pipeline { get; }

    internal IReadOnlyList<SearchDimension> Dimensions => _dimensions;

    internal IReadOnlyList<(string Name, NeuralNetworkOptions Options)> Starts => _starts;

    /// <summary>Adds numbers from one end to another, all alike.</summary>
    /// <param name="name">The dimension's name, which results show.</param>
    /// <param name="low">The least, which may be drawn.</param>
    /// <param name="high">The greatest, which may be drawn; above the least.</param>
    /// <param name="apply">Gives options with the value.</param>
    /// <returns>This space.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The name is taken, the ends are no range, or the options refuse one of them; the message says which.</exception>
    public SearchSpace Uniform(string name, double low, double high, Func<NeuralNetworkOptions, double, NeuralNetworkOptions> apply) =>
        Numbers(name, low, high, isLogarithmic: false, isWhole: false, apply);

    /// <summary>Adds numbers whose logarithm is drawn, so that 0.001 to 0.01 is as likely as 0.01 to 0.1.</summary>
    /// <param name="name">The dimension's name, which results show.</param>
    /// <param name="low">The least, above 0.</param>
    /// <param name="high">The greatest; above the least.</param>
    /// <param name="apply">Gives options with the value.</param>
    /// <returns>This space.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The name is taken, the ends are no range, or the options refuse one of them; the message says which.</exception>
    public SearchSpace LogUniform(string name, double low, double high, Func<NeuralNetworkOptions, double, NeuralNetworkOptions> apply) =>
        Numbers(name, low, high, isLogarithmic: true, isWhole: false, apply);

    /// <summary>Adds whole numbers.</summary>
    /// <param name="name">The dimension's name, which results show.</param>
    /// <param name="low">The least.</param>
    /// <param name="high">The greatest, which may be drawn; above the least.</param>
    /// <param name="apply">Gives options with the value.</param>
    /// <param name="logarithmic">Whether the logarithm is drawn (true), for which the least must be at least 1; or all numbers are alike (false). Default: false.</param>
    /// <returns>This space.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The name is taken, the ends are no range, or the options refuse one of them; the message says which.</exception>
    public SearchSpace Whole(string name, int low, int high, Func<NeuralNetworkOptions, int, NeuralNetworkOptions> apply, bool logarithmic = false)
    {
        Contracts.CheckValue(apply, nameof(apply));
        return Numbers(name, low, high, logarithmic, isWhole: true, (options, value) => apply(options, (int)value));
    }

    /// <summary>Adds a choice among values without order: architectures, dropouts, batch sizes.</summary>
    /// <typeparam name="T">Their type, whose <c>ToString</c> results show.</typeparam>
    /// <param name="name">The dimension's name, which results show.</param>
    /// <param name="choices">Two values at least, all different.</param>
    /// <param name="apply">Gives options with the value.</param>
    /// <returns>This space.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The name is taken, there is nothing to choose, or the options refuse a value; the message says which.</exception>
    public SearchSpace Choose<T>(string name, ValueList<T> choices, Func<NeuralNetworkOptions, T, NeuralNetworkOptions> apply)
        where T : notnull
    {
        Contracts.CheckValue(choices, nameof(choices));
        Contracts.CheckValue(apply, nameof(apply));
        if (choices.Count < 2 || choices.Distinct().Count() < choices.Count)
            throw Contracts.ExceptUserArg(nameof(choices), $"Dimension '{name}' must have two choices at least, all different, but they are: {choices}.");
        return Add(new ChoiceDimension<T>(name, choices, apply));
    }

    /// <summary>Adds options that are tried as they are, before anything is drawn: settings that are known to be good, or are in use.</summary>
    /// <param name="name">What results show.</param>
    /// <param name="change">Gives the options, of those that the space begins with.</param>
    /// <returns>This space.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The name is taken, or the options are refused.</exception>
    public SearchSpace Start(string name, Func<NeuralNetworkOptions, NeuralNetworkOptions> change)
    {
        Contracts.CheckValue(change, nameof(change));
        CheckName(name);
        var options = change(BaseOptions);
        Check(options, nameof(change), $"Start '{name}' is refused");
        _starts.Add((name, options));
        return this;
    }

    /// <summary>The options of a trial.</summary>
    /// <param name="trial">Of a search in this space.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is of another space.</exception>
    public NeuralNetworkOptions OptionsOf(Trial trial)
    {
        Contracts.CheckValue(trial, nameof(trial));
        if (trial.Start is { } name)
        {
            return _starts.FirstOrDefault(start => start.Name == name).Options
                ?? throw Contracts.ExceptUserArg(nameof(trial), $"Trial {trial.Number} is the start '{name}', which the space lacks.");
        }

        return trial.Values.Aggregate(BaseOptions, (options, value) => DimensionOf(trial, value).Apply(options, value.Value));
    }

    /// <summary>A trial in words, such as <c>LearningRate 0.00312, BatchSize 64</c>; the same in every culture.</summary>
    /// <param name="trial">Of a search in this space.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is of another space.</exception>
    public string Describe(Trial trial)
    {
        Contracts.CheckValue(trial, nameof(trial));
        return trial.Start ?? (trial.Values.Count == 0
            ? "as given"
            : string.Join(", ", trial.Values.Select(value => $"{value.Name} {DimensionOf(trial, value).Write(value.Value)}")));
    }

    private SearchDimension DimensionOf(Trial trial, TrialValue value) =>
        _dimensions.Find(dimension => dimension.Name == value.Name && dimension.Holds(value.Value))
        ?? throw Contracts.ExceptUserArg(
            nameof(trial),
            string.Create(CultureInfo.InvariantCulture, $"Trial {trial.Number} has {value.Value} in dimension '{value.Name}', which the space lacks: is it of another search?"));

    private SearchSpace Numbers(
        string name, double low, double high, bool isLogarithmic, bool isWhole, Func<NeuralNetworkOptions, double, NeuralNetworkOptions> apply)
    {
        Contracts.CheckValue(apply, nameof(apply));
        var least = isLogarithmic ? (isWhole ? 1 : double.Epsilon) : double.MinValue;
        if (!(low >= least && high > low && high <= double.MaxValue))
        {
            throw Contracts.ExceptUserArg(nameof(low), string.Create(
                CultureInfo.InvariantCulture,
                $"Dimension '{name}' must go from a number{(isLogarithmic ? isWhole ? " of at least 1" : " above 0" : "")} to a greater one, but it goes from {low} to {high}."));
        }

        return Add(new NumberDimension(name, low, high, isLogarithmic, isWhole, apply));
    }

    private SearchSpace Add(SearchDimension dimension)
    {
        CheckName(dimension.Name);
        foreach (var value in dimension.Extremes)
            Check(dimension.Apply(BaseOptions, value), "apply", $"Dimension '{dimension.Name}' reaches {dimension.Write(value)}, which is refused");
        _dimensions.Add(dimension);
        return this;
    }

    private void CheckName(string name)
    {
        Contracts.CheckNonWhiteSpace(name, nameof(name));
        if (_dimensions.Exists(dimension => dimension.Name == name) || _starts.Exists(start => start.Name == name))
            throw Contracts.ExceptUserArg(nameof(name), $"The space has '{name}' already.");
    }

    private void Check(NeuralNetworkOptions options, string argument, string what)
    {
        if (options is { Checkpoints: { } checkpoints })
            throw Contracts.ExceptUserArg(argument, $"{what}: Checkpoints must be null, since a search keeps its own, but its folder is '{checkpoints.Folder}'.");
        try
        {
            Contracts.CheckValue(options, nameof(options));
            Contracts.CheckValue(Pipeline(options), nameof(Pipeline));
        }
        catch (ArgumentException exception)
        {
            throw Contracts.ExceptUserArg(argument, $"{what}: {exception.Message}");
        }
    }
}
