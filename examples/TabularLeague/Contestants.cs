using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Regularization;

namespace TabularLeague;

/// <summary>The library's own trainers, a line each.</summary>
internal static class Contestants
{
    /// <summary>Those of the printed ranking.</summary>
    public static IReadOnlyList<Contestant> Main { get; } =
    [
        Of("Quick", new()),
        Of("RealMlp", new() { Architecture = NetworkArchitecture.RealMlp() }),
    ];

    /// <summary>Changes of one setting each, to be compared with the others: they run when they are named. A name has no comma.</summary>
    public static IReadOnlyList<Contestant> Ablations { get; } =
    [
        Of("Quick SmallDataset", new() { Recipe = RegularizationRecipe.SmallDataset }),
        Of("RealMlp plain-numbers", new() { Architecture = NetworkArchitecture.RealMlp() with { EmbedsNumbers = false } }),
    ];

    public static IEnumerable<Contestant> All => Main.Concat(Ablations).Concat(Opponents.All);

    private static Contestant Of(string name, NeuralNetworkOptions options) => new(name, SettingsOf(options), IsOurs: true, (ml, predicted) =>
    {
        var own = options with { AllKeysAreCategories = true };
        return predicted switch
        {
            Prediction.Binary => ml.BinaryClassification.Trainers.NeuralNetwork(own),
            Prediction.Class => ml.MulticlassClassification.Trainers.NeuralNetwork(own),
            _ => (IEstimator<ITransformer>)ml.Regression.Trainers.NeuralNetwork(own),
        };
    });

    /// <summary>The options that differ from their defaults, as JSON.</summary>
    private static string SettingsOf(NeuralNetworkOptions options)
    {
        var usual = new NeuralNetworkOptions();
        return string.Join(", ", typeof(NeuralNetworkOptions).GetProperties()
            .Where(option => !Equals(option.GetValue(options), option.GetValue(usual)))
            .Select(option => $"{option.Name} = {JsonSerializer.Serialize(option.GetValue(options), option.PropertyType)}"));
    }
}
