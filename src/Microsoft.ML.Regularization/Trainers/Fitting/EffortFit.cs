using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Augmentation;
using Microsoft.ML.Regularization.MLNet;
using Microsoft.ML.Regularization.Training;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Trainers;

/// <summary>Fits an effort to the rows: see <see cref="NeuralNetworkOptions.Effort"/>.</summary>
internal static class EffortFit
{
    /// <summary>The setup for such features: with a perceptron where those are too many for the network of the effort.</summary>
    public static TrainerSetup For(TrainerSetup setup, IChannel channel, TrainingColumns columns)
    {
        var features = columns.Input.Features?.Type as VectorDataViewType;
        if (!EffortPlan.Applies(setup.Options) || EffortPlan.Suits(features))
            return setup;
        channel.Info(
            $"Column '{columns.InputName}', {features}, is no table of at most {EffortPlan.MostNumbers} numbers, which Effort {setup.Options.Effort} is for: a perceptron is "
            + $"trained. Set {nameof(NeuralNetworkOptions.Architecture)} to choose.");
        return setup.Of(setup.Options with { Architecture = new MlpArchitecture() });
    }

    /// <summary>The setup with as many networks as the rows are worth, whose plan does not go by the rows yet. Validation rows that the trainer set aside join the others where folds take their place.</summary>
    /// <param name="setup">The trainer's.</param>
    /// <param name="channel">Is told how many there are.</param>
    /// <param name="view">The rows.</param>
    /// <param name="columns">Their columns.</param>
    /// <param name="data">The rows, read.</param>
    /// <param name="isValidated">Whether the fit was given validation rows.</param>
    /// <param name="goesOn">Whether it goes on from a network.</param>
    public static TrainerSetup Bag(
        TrainerSetup setup, IChannel channel, IDataView view, TrainingColumns columns, TrainingSet data, bool isValidated, bool goesOn)
    {
        var options = setup.Options;
        if (goesOn || options is not { Members: null, Folds: null } || !EffortPlan.Applies(options) || setup.Plan.Architecture is not RealMlpArchitecture)
            return setup;

        var rows = data.Training.Count + data.Validation.Count;
        if (options.Effort == TrainingEffort.Strong)
        {
            var (pack, parts) = EffortPlan.PackFor(rows, MayFold());
            var merged = parts is not null && data.TryMergeValidation();
            channel.Info($"Effort {options.Effort} trains a {pack} on {rows} rows{(merged ? $", on each of {parts} folds" : "")}. Set {nameof(options.Pack)} and {nameof(options.Folds)} to choose.");
            return setup.Of(options with { Pack = pack, Folds = merged ? parts : null });
        }

        var input = columns.Input.Layout;
        var bag = EffortPlan.BagFor(rows, data.IsStreaming ? input : input with { Flags = [.. FlagSearch.Find(data, input, watch: null).Select(flag => flag.Number)] });
        if (bag.Folds is { } folds && !(MayFold() && data.TryMergeValidation()))
            bag = (bag.Members * folds, null);
        channel.Info(
            $"Effort {options.Effort} trains {bag.Members * (bag.Folds ?? 1)} networks on {rows} rows"
            + (bag.Folds is null ? "" : $", each on all but those of one of {bag.Folds} folds")
            + $". Set {nameof(options.Members)} and {nameof(options.Folds)} to choose.");
        return setup.With(setup.Plan.With(bag.Members, bag.Folds));

        bool MayFold() =>
            !isValidated && options is { ValidationSet: null, ValidationFraction: null } && columns.Mark is null && !data.IsStreaming
            && !Upstream.Of(view).OfType<AugmentedView>().Any() && HasEach();

        // Each fold should show each class.
        bool HasEach() => data.Target.ClassCount is null
            || data.TrainingSummary.Classes.ShownMasses().Where(mass => mass > 0).All(mass => mass >= EffortPlan.Folds);
    }
}
