using Microsoft.ML.Regularization.Randomness;
using Microsoft.ML.Regularization.Training;

namespace Microsoft.ML.Regularization.Ensembles;

/// <summary>Draws the settings of one of a pack's networks, around those of the options: see <see cref="PackDraws"/>.</summary>
internal sealed class PackDraw
{
    // How many hidden layers, each as probable as it stands here often: deeper networks won more often, and shallow ones still some places.
    private static readonly int[] Depths = [1, 2, 2, 3, 3, 3];

    private static readonly int[] Bins = [8, 16, 32];

    // What the decay of one step may take of a weight.
    private const double MostDecay = 0.9;

    private readonly TrainingSettings _settings;
    private readonly int _member;
    private readonly bool _hasClasses;
    private readonly PackDraws _draws;

    private PackDraw(TrainingSettings settings, int member, bool hasClasses, PackDraws draws) =>
        (_settings, _member, _hasClasses, _draws) = (settings, member, hasClasses, draws);

    /// <summary>What is drawn where the options leave it open.</summary>
    /// <param name="hasClasses">Whether the networks are classifiers.</param>
    /// <param name="architecture">That of the options.</param>
    /// <param name="loss">That of the options; null for the task's own.</param>
    public static PackDraws UsualFor(bool hasClasses, RealMlpArchitecture architecture, LossFunction? loss)
    {
        // In a first experiment a recipe of its own for each network lowered the loss of classes, and raised the error of numbers.
        var draws = hasClasses ? PackDraws.Network | PackDraws.Recipe : PackDraws.Network & ~PackDraws.Activation;
        if (!HasOwnEmbedding(architecture))
            draws &= ~PackDraws.Frequencies;
        return loss is null ? draws : draws & ~PackDraws.LabelSmoothing;
    }

    /// <summary>Whether numbers are embedded by the waves that RealMLP has of itself.</summary>
    public static bool HasOwnEmbedding(RealMlpArchitecture architecture) => architecture is { NumericalEmbedding: null, EmbedsNumbers: true };

    /// <param name="settings">Those of the options.</param>
    /// <param name="member">Which network, from 0: the first has the settings of the options.</param>
    /// <param name="hasClasses">Whether the networks are classifiers.</param>
    /// <param name="draws">What is drawn; null for the usual.</param>
    public static TrainingSettings Of(TrainingSettings settings, int member, bool hasClasses, PackDraws? draws = null) =>
        member == 0 || settings.Architecture is not RealMlpArchitecture architecture ? settings
        : new PackDraw(settings, member, hasClasses, draws ?? UsualFor(hasClasses, architecture, settings.Loss)).Settings(architecture);

    private TrainingSettings Settings(RealMlpArchitecture before)
    {
        var architecture = Architecture(before);

        // The rate for numbers is high already.
        var rate = Draws(PackDraws.LearningRate, out var stream)
            ? LogUniform(ref stream, _settings.LearningRate / 3, _settings.LearningRate * (_hasClasses ? 2.5 : 1.5))
            : _settings.LearningRate;
        var recipe = Recipe();
        if (recipe.WeightDecay > 0)
            recipe = recipe with { WeightDecay = Math.Min(recipe.WeightDecay, MostDecay / (rate * architecture.GreatestDecayFactor)) };
        return _settings with { Architecture = architecture, LearningRate = rate, Recipe = recipe };
    }

    private RealMlpArchitecture Architecture(RealMlpArchitecture architecture)
    {
        if (Draws(PackDraws.Depth, out var stream))
            architecture = architecture with { HiddenSizes = [.. Enumerable.Repeat(architecture.HiddenSizes[0], Depths[stream.NextInt64(Depths.Length)])] };
        if (Draws(PackDraws.Activation, out stream))
            architecture = architecture with { Activation = stream.NextInt64(2) == 0 ? Activation.SELU : Activation.Mish };
        if (Draws(PackDraws.Frequencies, out stream))
            architecture = architecture with { FrequencyDeviation = LogUniform(ref stream, 0.03, 3) };
        if (Draws(PackDraws.PiecewiseLinear, out stream) && stream.NextInt64(2) == 0)
            architecture = architecture with { NumericalEmbedding = new PiecewiseLinearEmbedding { Bins = Bins[stream.NextInt64(Bins.Length)], Size = 8 } };
        return architecture;
    }

    private RegularizationRecipe Recipe()
    {
        var recipe = _settings.Recipe;
        if (Draws(PackDraws.WeightDecay, out var stream))
            recipe = recipe with { WeightDecay = Math.Round(recipe.WeightDecay * LogUniform(ref stream, 0.05, 2.5), 5) };
        if (Draws(PackDraws.Dropout, out stream))
            recipe = recipe with { Dropout = Math.Round(0.4 * stream.NextDouble(), 3) };
        if (Draws(PackDraws.DropoutKind, out stream) && recipe.Dropout is StandardDropout dropout && stream.NextInt64(2) == 0)
            recipe = recipe with { Dropout = new GaussianDropout(dropout.DropProbability) };
        if (Draws(PackDraws.LabelSmoothing, out stream))
            recipe = recipe with { LabelSmoothing = stream.NextInt64(2) == 0 ? LogUniform(ref stream, 0.005, 0.1) : 0 };
        if (Draws(PackDraws.WeightAveraging, out stream) && stream.NextInt64(3) == 0)
            recipe = recipe with { WeightAveraging = WeightAveraging.Exponential(0.99) };
        if (Draws(PackDraws.Mixup, out stream) && stream.NextInt64(2) == 0)
            recipe = recipe with { ManifoldMixup = new ManifoldMixup { Alpha = LogUniform(ref stream, 0.1, 1), Layers = [0] } };
        return recipe;
    }

    // Each has a stream of its own.
    private bool Draws(PackDraws what, out KeyedStream stream)
    {
        stream = new KeyedStream(_settings.Key.Derive("settings of a pack").Derive($"{what}"), (ulong)_member);
        return _draws.HasFlag(what);
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
