using System.Collections;
using System.Globalization;
using System.Reflection;

namespace Microsoft.ML.Regularization.Training;

/// <summary>The explanation in the error of a diverged training: the options that are far outside their usual range.</summary>
internal static class DivergenceCause
{
    private const double Usual = 1000;
    private const int MostNames = 3;

    // Options with another usual range than the rest, and the value beyond which each is named as a possible cause.
    private static readonly Dictionary<string, double> UsualOf = new()
    {
        [nameof(TrainingSettings.LearningRate)] = 10,
        [nameof(RegularizationRecipe.L1)] = 1,
        [nameof(RegularizationRecipe.L2)] = 1,
        [nameof(RegularizationRecipe.WeightDecay)] = 1,
        [nameof(SharpnessAwareMinimization.Rho)] = 10,
        [nameof(ConfidencePenalty.Weight)] = 10,
    };

    // A greater bound regularizes less.
    private static readonly string[] Harmless =
    [
        nameof(RegularizationRecipe.MaxNorm), nameof(NormClipping.MaxNorm), nameof(ValueClipping.MaxValue),
        nameof(AdaptiveClipping.MaxRatio), nameof(HuberLoss.Delta), nameof(ConfidencePenalty.EntropyThreshold),
        nameof(EarlyStopping.MinImprovement), nameof(EarlyStopping.StandardErrors), nameof(VariationalDropout.PruneThreshold),
    ];

    public static string Describe(int epoch, TrainingSettings settings)
    {
        (string Name, object? Value)[] told =
        [
            (nameof(settings.LearningRate), settings.LearningRate),
            (nameof(settings.Optimizer), settings.Optimizer),
            (nameof(settings.Loss), settings.Loss),
            (nameof(settings.ClassWeights), settings.ClassWeights),
            (nameof(settings.Recipe), settings.Recipe),
        ];
        var guilty = told.SelectMany(one => Numbers(one.Name, one.Name, one.Value))
            .Where(number => !Harmless.Contains(number.Name))
            .Select(number => (number.Path, number.Value, Excess: Math.Abs(number.Value) / UsualOf.GetValueOrDefault(number.Name, Usual)))
            .Where(number => number.Excess > 1)
            .OrderByDescending(number => number.Excess)
            .Take(MostNames)
            .Select(number => string.Create(CultureInfo.InvariantCulture, $"{number.Path} ({number.Value})"))
            .ToList();
        var advice = guilty.Count == 0
            ? string.Create(CultureInfo.InvariantCulture, $"Scale the features, lower LearningRate ({settings.LearningRate}), or clip gradients.")
            : $"Lower {string.Join(" and ", guilty)}, far beyond what is usual.";
        return $"Training diverged in epoch {epoch}: loss or gradient is not finite. {advice}";
    }

    private static IEnumerable<(string Path, string Name, double Value)> Numbers(string path, object options) =>
        from property in options.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
        where property.CanRead && property.GetIndexParameters().Length == 0
        let value = property.GetValue(options)
        from number in Numbers(path + property.Name, property.Name, value)
        select number;

    private static IEnumerable<(string Path, string Name, double Value)> Numbers(string path, string name, object? value) => value switch
    {
        double number => [(path, name, number)],
        IFormattable or string or Delegate or null => [],
        IEnumerable list => list.Cast<object?>().SelectMany((item, index) => item is double or IFormattable or null
            ? Numbers($"{path}[{index}]", name, item)
            : Numbers($"{path}[{index}].", item)),
        _ => Numbers(path + ".", value),
    };
}
