using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.Networks;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Scoring;

/// <summary>Checks the description in a model file: what scoring and the tensors depend on. The rest is there to be read.</summary>
internal static class DescriptionCheck
{
    // Of the sum of shares.
    private const double MostError = 1e-9;

    /// <exception cref="ArgumentOutOfRangeException">There can be no such network; the message names what is in the way.</exception>
    public static void Check(IExceptionContext context, TrainedNetworkDescription description)
    {
        CheckMembers(context, description);
        var (outputs, input, scaling) = (description.Outputs, description.Input, description.InputScaling);
        description.Architecture.Validate(context);
        InputLayoutCheck.Check(context, input, description.Architecture);
        description.Imputation?.CheckSize(context, input);
        CheckFlags(context, description);
        context.CheckBetween(outputs, nameof(description.Outputs), 1, int.MaxValue);
        if (!description.LearnedTask.Fits(outputs, description.TargetScale))
            throw context.ExceptUserArg(nameof(description.Outputs), $"A network for {description.Task} has no such outputs or target.");
        context.CheckDefined(scaling, nameof(description.InputScaling));
        context.CheckBetween(
            description.ScalingKnots, nameof(description.ScalingKnots), scaling == InputScaling.NormalQuantiles ? 1 : 0, QuantileTable.MostKnots);
        context.CheckBetween(scaling == InputScaling.None ? 1 : input.Numbers, nameof(input.Numbers), 1, int.MaxValue);
        description.Recipe.Dropout?.Validate(context);
        description.Recipe.StochasticDepth?.Validate(context);
        if (description.TargetScale is { } scale)
        {
            context.CheckBetween(scale.Mean, $"{nameof(description.TargetScale)}.{nameof(scale.Mean)}", float.MinValue, float.MaxValue);
            context.CheckBetween(scale.Deviation, $"{nameof(description.TargetScale)}.{nameof(scale.Deviation)}", 0, float.MaxValue);
            if (scale.Least is { } least)
                context.CheckBetween(least, $"{nameof(description.TargetScale)}.{nameof(scale.Least)}", float.MinValue, float.MaxValue);
            if (scale.Greatest is { } greatest)
                context.CheckBetween(greatest, $"{nameof(description.TargetScale)}.{nameof(scale.Greatest)}", scale.Least ?? float.MinValue, float.MaxValue);
        }

        if (description is { TargetScale: not null, History.Calibration: not null })
            throw context.ExceptUserArg(nameof(description.History.Calibration), $"A network for {description.Task} has no probabilities to calibrate.");
        CheckHistory(context, description.History, outputs);
    }

    private static void CheckFlags(IExceptionContext context, TrainedNetworkDescription description)
    {
        if (description.Flags is not { } flags)
            return;

        if (description.Architecture.UsedEmbedding is null)
            throw context.ExceptUserArg(nameof(description.Flags), $"{description.Architecture} embeds no numbers that {nameof(description.Flags)} could be left out of.");
        for (var i = 0; i < flags.Count; i++)
            context.CheckBetween(flags[i], $"{nameof(description.Flags)}[{i}]", i == 0 ? 0 : flags[i - 1] + 1, description.FilledInput.Numbers - 1);
    }

    private static void CheckHistory(IExceptionContext context, TrainingHistory history, int outputs)
    {
        context.CheckDefined(history.StopReason, nameof(history.StopReason));
        context.CheckAtLeast(history.ModelEpoch, nameof(history.ModelEpoch), 0);
        context.CheckAtLeast(history.TrainingRows, nameof(history.TrainingRows), 0);
        context.CheckAtLeast(history.ValidationRows, nameof(history.ValidationRows), 0);
        context.CheckAtLeast(history.SkippedRows, nameof(history.SkippedRows), 0);
        history.Calibration?.Check(context, outputs);
    }

    private static void CheckMembers(IExceptionContext context, TrainedNetworkDescription all)
    {
        if (all.Members is not { } members)
            return;

        context.CheckAtLeast(members.Count, $"number of {nameof(all.Members)}", 1);
        if (all.Shares is not { } shares || shares.Count != members.Count || shares.Any(share => !(share > 0)) || Math.Abs(shares.Sum() - 1) > MostError)
            throw context.ExceptUserArg(nameof(all.Shares), "There must be a share above 0 for each network, and they must sum to 1.");
        foreach (var member in members)
        {
            if (member.Members is not null || member.Task != all.Task || member.Outputs != all.Outputs || !HasColumnsOf(member.Input, all.Input))
                throw context.ExceptUserArg(nameof(all.Members), "A network predicts something else than the others, or from other columns.");
            Check(context, member);
        }
    }

    private static bool HasColumnsOf(InputLayout one, InputLayout other) => one with { IsSparse = other.IsSparse } == other;
}
