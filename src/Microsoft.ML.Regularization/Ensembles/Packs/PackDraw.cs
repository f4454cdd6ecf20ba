using Microsoft.ML.Regularization.Randomness;
using Microsoft.ML.Regularization.Training;

namespace Microsoft.ML.Regularization.Ensembles;

/// <summary>Draws the settings of a pack's networks, around those of the options.</summary>
internal static class PackDraw
{
    // How many hidden layers, each as probable as it stands here often: deeper networks won more often, and shallow ones still some places.
    private static readonly int[] Layers = [1, 2, 2, 3, 3, 3];

    // What the decay of one step may take of a weight.
    private const double MostDecay = 0.9;

    /// <param name="settings">Those of the options.</param>
    /// <param name="member">Which network, from 0: the first has the settings of the options.</param>
    /// <param name="hasClasses">Whether the networks are classifiers.</param>
    public static TrainingSettings Of(TrainingSettings settings, int member, bool hasClasses)
    {
        if (member == 0 || settings.Architecture is not RealMlpArchitecture architecture)
            return settings;

        var stream = new KeyedStream(settings.Key.Derive("settings of a pack"), (ulong)member);

        // The rate for numbers is high already.
        var rate = LogUniform(ref stream, settings.LearningRate / 3, settings.LearningRate * (hasClasses ? 2.5 : 1.5));
        var decay = settings.Recipe.WeightDecay * LogUniform(ref stream, 0.05, 2.5);
        var layers = Layers[stream.NextInt64(Layers.Length)];
        var deviation = LogUniform(ref stream, 0.03, 3);
        var activation = hasClasses && stream.NextInt64(2) == 0 ? Activation.SELU : Activation.Mish;
        var own = architecture with
        {
            HiddenSizes = [.. Enumerable.Repeat(architecture.HiddenSizes[0], layers)],
            FrequencyDeviation = deviation,
            Activation = activation,
        };
        var recipe = settings.Recipe with { WeightDecay = Math.Min(Math.Round(decay, 5), MostDecay / (rate * own.GreatestDecayFactor)) };
        return settings with { Architecture = own, LearningRate = rate, Recipe = hasClasses ? OfClasses(ref stream, settings, recipe) : recipe };
    }

    // In a first experiment a recipe of its own for each network lowered the loss of classes, and raised the error of numbers.
    private static RegularizationRecipe OfClasses(ref KeyedStream stream, TrainingSettings settings, RegularizationRecipe recipe)
    {
        var dropout = Math.Round(0.4 * stream.NextDouble(), 3);
        var isSmoothed = stream.NextInt64(2) == 0;
        var smoothing = LogUniform(ref stream, 0.005, 0.1);
        var isAveraged = stream.NextInt64(3) == 0;
        return recipe with
        {
            Dropout = dropout,
            LabelSmoothing = isSmoothed && settings.Loss is null ? smoothing : 0,
            WeightAveraging = isAveraged ? WeightAveraging.Exponential(0.99) : recipe.WeightAveraging,
        };
    }

    private static double LogUniform(ref KeyedStream stream, double least, double greatest) =>
        Rounded(least * Math.Pow(greatest / least, stream.NextDouble()));

    // Reports are read by people.
    private static double Rounded(double value)
    {
        var digits = 2 - (int)Math.Floor(Math.Log10(value));
        return Math.Round(value, Math.Clamp(digits, 0, 15));
    }
}
