using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Regularization;

namespace DistributedSearch;

/// <summary>What is searched for: options of a network that reads digits. Every process of a search makes the same.</summary>
/// <param name="name">Which of its sizes: see <see cref="Options"/>.</param>
internal sealed class DigitSearch(string name)
{
    private static readonly string Digits = Path.Combine(AppContext.BaseDirectory, "Data", "digits.csv");

    /// <summary>Trials of a tenth of a second, of seconds, and of exactly five seconds.</summary>
    public static IReadOnlyList<string> Names { get; } = ["tiny", "small", "timed"];

    public string Name => name;

    private NeuralNetworkOptions Options { get; } = new()
    {
        Architecture = NetworkArchitecture.Mlp(name == "tiny" ? [16] : [128, 128]),
        Recipe = RegularizationRecipe.None with { WeightDecay = 0.01, Dropout = 0.1 },
        InputScaling = InputScaling.None,
        ValidationFraction = 0.3,
        BatchSize = 32,
        MaxEpochs = name switch { "tiny" => 9, "small" => 90, _ => 100_000 },
        TimeLimit = name == "timed" ? TimeSpan.FromSeconds(5) : null,
        Seed = 1,
    };

    // begin makeRunner
    public TrialRunner MakeRunner()
    {
        var ml = new MLContext(seed: 1);
        var rows = ml.Data.LoadFromTextFile<Digit>(Digits, hasHeader: true, separatorChar: ',');
        var space = new SearchSpace(Options, options => Pipeline(ml, options))
            .LogUniform("LearningRate", 1e-4, 3e-2, (options, rate) => options with { LearningRate = rate })
            .Uniform("Dropout", 0, 0.6, (options, dropout) => options with { Recipe = options.Recipe! with { Dropout = dropout } })
            .Choose("BatchSize", [16, 32, 64], (options, size) => options with { BatchSize = size });
        return new TrialRunner(ml, rows, space) { Files = [Digits] };
    }
    // end makeRunner

    /// <summary>Fits with the options as they were given, without a search.</summary>
    public void FitAlone()
    {
        var ml = new MLContext(seed: 1);
        Pipeline(ml, Options).Fit(ml.Data.LoadFromTextFile<Digit>(Digits, hasHeader: true, separatorChar: ','));
    }

    private static EstimatorChain<NeuralNetworkMulticlassTransformer> Pipeline(MLContext ml, NeuralNetworkOptions options) => ml.Transforms.NormalizeMinMax("Features")
        .Append(ml.Transforms.Conversion.MapValueToKey("Label"))
        .Append(ml.MulticlassClassification.Trainers.NeuralNetwork(options));
}
