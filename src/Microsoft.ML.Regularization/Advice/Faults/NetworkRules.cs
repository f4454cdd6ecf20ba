using static System.FormattableString;

namespace Microsoft.ML.Regularization.Advice;

/// <summary>Faults of the network and its regularization. To add one, copy one.</summary>
internal static class NetworkRules
{
    private const int FewUnits = 8;
    private const double ManyDead = 0.5;

    public static IReadOnlyList<FaultRule> All { get; } =
    [
        new(
            TrainingFault.DeadUnits,
            FindingSeverity.Warning,
            run => run.Dead?.Share >= ManyDead,
            run => Invariant($"{run.Dead!.Dead} of {run.Dead.Units} hidden units are 0 in all training rows that were looked at"),
            "Take an activation that has a slope below 0, and the usual rate",
            run => options => options with
            {
                LearningRate = Math.Min(run.UsualRate, options.LearningRate ?? run.UsualRate),
                Architecture = run.Network.Architecture is MlpArchitecture mlp ? mlp with { Activation = Activation.GELU } : options.Architecture,
            }),
        new(
            TrainingFault.TooSmall,
            FindingSeverity.Warning,
            run => run is { IsWorse: true, LearnsLess: true } && Narrowest(run.Network.Architecture) is { } width && width <= FewUnits,
            run => Invariant($"{run.Network.Architecture} has a layer of {Narrowest(run.Network.Architecture)} units, and knows the training rows worse than two layers of 256{RunWords.OnValidation(run)}"),
            "Take the usual network",
            _ => options => options with { Architecture = new MlpArchitecture() }),
        new(
            TrainingFault.TooHeavy,
            FindingSeverity.Warning,
            run => run.Weight.IsHeavy && (run.IsWorse == true ? run.LearnsLess : run.IsWorse is null && run.Training is { } training && run.History.Epochs[^1].TrainingLoss > 2 * training.Loss),
            run => Invariant($"Regularization of {run.Weight.Sum:0.0} times the usual strength, where {RecipeWeight.Most} is much ({run.Weight}){RunWords.OnTraining(run)}{RunWords.OnValidation(run)}"),
            "Take a preset, and add one technique at a time",
            run => options => options with { Recipe = RegularizationRecipe.SmallDataset with { EarlyStopping = run.Recipe.EarlyStopping ?? new EarlyStopping() } }),
    ];

    private static int? Narrowest(NetworkArchitecture architecture) => architecture switch
    {
        MlpArchitecture { HiddenSizes.Count: > 0 } mlp => mlp.HiddenSizes.Min(),
        RealMlpArchitecture { HiddenSizes.Count: > 0 } real => real.HiddenSizes.Min(),
        TabMArchitecture { HiddenSizes.Count: > 0 } tabM => tabM.HiddenSizes.Min(),
        ResidualMlpArchitecture residual => residual.Width,
        _ => null,
    };
}
