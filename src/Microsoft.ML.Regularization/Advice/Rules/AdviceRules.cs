using Microsoft.ML.Regularization.Trainers;
using static System.FormattableString;

namespace Microsoft.ML.Regularization.Advice;

/// <summary>
/// All rules, in the order in which they are told and change the plan. To add one, copy one: a rule without a figure that was measured, or is counted in the rows, has no place here.
/// </summary>
internal static class AdviceRules
{
    private const string Tables = "docs/tables-measured.md";
    private const string Networks = "docs/network-recipes.md";
    private const string Advised = "docs/advice.md";

    public static IReadOnlyList<AdviceRule> All { get; } =
    [
        // The effort and the network.
        new(
            seen => seen is { IsTable: true, IsQuick: true },
            _ => "Effort = TrainingEffort.Quick",
            "you asked for no more than a second",
            _ => "0.8 processor seconds where the default takes 12; for classes better than LightGBM in 11 of 14 cells by error and worse in 2, for numbers better in 2 of 6 by RMSE",
            Tables,
            (_, plan) => plan with { Trainer = plan.Trainer with { Effort = TrainingEffort.Quick } }),
        new(
            seen => seen is { IsTable: true, IsQuick: false } && seen.Width > EffortPlan.MostNumbers,
            _ => "the perceptron that the default effort takes for so many numbers",
            "each number costs RealMLP's networks 16 waves, which so many are rarely worth",
            seen => Invariant($"{seen.Width:N0} numbers of a row, and the networks of an effort are for {EffortPlan.MostNumbers:N0}"),
            AdviceRule.YourRows) { IsInPipeline = true },
        new(
            seen => seen is { IsTable: true, GainsByStrength: true },
            _ => "Effort = TrainingEffort.Strong",
            "the label is a number, and of so many rows more networks pay",
            _ => "less RMSE than the default on three of three tables of 5,000 rows, by 1.2 % in the mean, and by 3.0 % on 16,512 rows of california-housing; at 2.2 to 3.7 times its time",
            Advised,
            (_, plan) => plan with { Trainer = plan.Trainer with { Effort = TrainingEffort.Strong } }),
        new(
            seen => seen is { IsTable: true, IsQuick: false, HasClasses: false, GainsByStrength: false } && seen.Width <= EffortPlan.MostNumbers,
            _ => "the default effort",
            "of few rows more networks are no better, or no more was asked for",
            _ => "less RMSE than LightGBM in 6 of 6 cells; of 300 and of 1,000 rows Strong was no better in the mean of three tables, at 1.5 times the time",
            Advised) { IsInPipeline = true },
        new(
            seen => seen is { IsTable: true, IsQuick: false, HasClasses: true } && seen.Width <= EffortPlan.MostNumbers,
            _ => "the default effort",
            "for classes nothing that was tried is better for its time, and more networks are not",
            _ => "better than LightGBM in 14 of 14 cells by error and by log-loss; Strong against it 6 : 8 by log-loss",
            Tables) { IsInPipeline = true },
        new(
            seen => seen.Table.Input == AdvisedInput.Images,
            _ => "a small ResNet with shifts and flips, weight decay and label smoothing",
            "on images augmentation does most; leave the flip out where left and right mean something, as in letters",
            _ => "Fashion-MNIST, 5,000 images: error 14.2 % plain, 13.6 % with weight decay, 10.5 % with shifts and flips",
            Networks,
            (seen, plan) => plan with { Trainer = ImageTraining(seen.Table.LookedAt) }),
        new(
            seen => seen.Table.Input == AdvisedInput.Texts,
            _ => "an LSTM with dropout, clipping and weight decay",
            "dropout that is locked over the steps keeps it from learning texts by heart",
            _ => "TREC, 5,452 questions: log-loss 0.40 with it and 0.53 without, error 12.5 % and 13.1 %",
            Networks,
            (_, plan) => plan with { Trainer = StepTraining(new LstmArchitecture { HiddenSize = 64 }) }),
        new(
            seen => seen.Table is { Input: AdvisedInput.Texts, LookedAt: < 3000 },
            _ => "start from published weights if you may: NetworkArchitecture.Bert with Pretrained and a fitted head",
            "so few texts teach little about words, and a published network has read billions",
            seen => Invariant($"{seen.Table.LookedAt:N0} texts; with 100 labelled questions of TREC a network from nothing is wrong in 47 %"),
            "docs/pretraining.md"),
        new(
            seen => seen.Table.Input == AdvisedInput.Sequences,
            _ => "a GRU with dropout, clipping and weight decay",
            "gradients through many steps explode now and then, and dropout locked over the steps does most against learning by heart",
            _ => "an LSTM on TREC's questions: log-loss 0.40 with it and 0.53 without. It was not measured on sequences of numbers",
            Networks,
            (_, plan) => plan with { Trainer = StepTraining(new GruArchitecture { HiddenSize = 64 }) }),

        // The columns.
        new(
            seen => seen.Any(column => column.IsLeak),
            seen => $"leave out {seen.Names(column => column.IsLeak)}",
            "it gives the label away, alone or two of them together; most such columns are filled in when the label is known already. If it is known before, it is the answer, and you need no network",
            seen => $"tells, by itself and on rows left out, of what there is to know: {Shares(seen, column => column.IsLeak)}",
            AdviceRule.YourRows) { IsInPipeline = true },
        new(
            seen => seen.Any(column => column.IsId),
            seen => $"leave out {seen.Names(column => column.IsId)}",
            "it names rows, and a new row has a name that says nothing",
            seen => $"nearly each of {Invariant($"{seen.Table.LookedAt:N0}")} rows has a value of its own",
            AdviceRule.YourRows) { IsInPipeline = true },
        new(
            seen => seen.Any(column => column.IsConstant),
            seen => $"leave out {seen.Names(column => column.IsConstant)}",
            "it is the same in all rows",
            _ => "one value, or none",
            AdviceRule.YourRows) { IsInPipeline = true },
        new(
            seen => seen.Any(column => column.Kind == ColumnKind.Date),
            seen => $"make numbers of {seen.Names(column => column.Kind == ColumnKind.Date)} before you load the rows: month, weekday, hour, and days since an event",
            "ML.NET has no transform for it, so the pipeline leaves it out",
            seen => Invariant($"columns of dates: {seen.Table.Columns.Count(column => column.Kind == ColumnKind.Date)}"),
            AdviceRule.YourRows),
        new(
            seen => seen.Any(column => column is { IsFeature: true, Kind: ColumnKind.FreeText }) && seen.IsTable,
            seen => $"count the words of {seen.Names(column => column is { IsFeature: true, Kind: ColumnKind.FreeText })} by their hashes",
            "few slots leave the table a table; if the text says most, train on it alone and compare. What it gains was not measured",
            _ => Invariant($"{1 << FeatureSteps.WordBits} numbers for each text"),
            AdviceRule.YourRows) { IsInPipeline = true },
        new(
            seen => seen.Any(column => column is { IsFeature: true, Missing: > 0 }) && seen.IsTable,
            _ => "leave gaps as they are",
            "the network fills them with the median of the training rows and reads that they were there; of a text file set MissingRealsAsNaNs, or empty cells are zeros",
            seen => $"rows that lack a value: {string.Join(", ", seen.Table.Columns.Where(column => column is { IsFeature: true, Missing: > 0 }).OrderByDescending(column => column.Missing).Take(5).Select(column => Invariant($"{column.Name} {column.Missing:0.0%}")))}",
            AdviceRule.YourRows) { IsInPipeline = true },

        // The rows.
        new(
            seen => seen.Table.SamplingKeyColumnName is not null,
            seen => $"split by {seen.Table.SamplingKeyColumnName}, for tests and for folds",
            "its rows stand together: on both sides of a split, they make a model look better than it is on new ones",
            seen => Groups(seen.Table),
            AdviceRule.YourRows,
            GroupPlan.Of) { IsInPipeline = true },
        new(
            seen => seen.Table.Duplicates > 0.01 * seen.Table.LookedAt,
            _ => "find out why rows repeat, and keep one of each where they do not count",
            "a split puts equal rows on both sides, and what is measured then is memory",
            seen => Invariant($"{seen.Table.Duplicates:N0} of {seen.Table.LookedAt:N0} rows have the values of an earlier one"),
            AdviceRule.YourRows),
        new(
            seen => seen.Table.NoiseFloor > 0.002,
            _ => "do not look for fewer errors than there can be",
            "rows of equal values have different labels, and no model tells them apart; label smoothing, which the default has, is made for it",
            seen => Invariant($"at least {seen.Table.NoiseFloor:0.0%} of the rows are wrong whatever is predicted"),
            AdviceRule.YourRows),
        new(
            seen => seen.HasClasses && seen.Table.RarestShare < 0.1 && seen.Table.Classes.Count <= 20,
            _ => "leave class weights out, and choose a threshold by what errors cost: true above 1 / (1 + c), where a miss costs c false alarms",
            "weights distort probabilities, and a threshold does the same without",
            seen => Invariant($"the rarest class has {seen.Table.RarestShare:0.0%} of your rows; balanced weights raised the log-loss by a quarter on five tables"),
            "docs/labels.md"),
        new(
            seen => seen is { IsTable: true, HasClasses: true, IsQuick: false } && seen.Table.Classes[^1].Rows < EffortPlan.Folds,
            seen => Invariant($"collect rows of '{seen.Table.Classes[^1].Name}', or join classes"),
            "each of five folds should show each class, so without them the networks are trained on one split, which is worse on few rows",
            seen => Invariant($"{seen.Table.Classes.Count(one => one.Rows < EffortPlan.Folds)} classes have fewer than {EffortPlan.Folds} rows; folds took a quarter off the log-loss of 300 rows"),
            Tables),
        new(
            seen => seen.Table.Unlabelled > 0.5 && seen.IsTable,
            _ => "try a network that is pre-trained on all rows: trainer.Pretrain(rows), and Pretrained = weights",
            "most rows have no label, and a network learns of them too; compare it with the pipeline here, which uses none of them",
            seen => Invariant($"{seen.Table.Unlabelled:0%} of your rows lack a label; with 2 % of the labels it took 8 to 9 % off the log-loss of adult, 3 to 4 % off the RMSE of california-housing"),
            "docs/pretraining.md"),
    ];

    private static NeuralNetworkOptions ImageTraining(int images) => new()
    {
        Architecture = NetworkArchitecture.ResNet(depth: 8),
        Recipe = RegularizationRecipe.CnnImageClassification with { Augmentations = [new RandomCropOptions { Padding = 2 }, new RandomHorizontalFlipOptions()] },
        Schedule = LearningRateSchedule.OneCycle(),
        LearningRate = 0.01,
        BatchSize = images < 2000 ? 32 : 64,
        MaxEpochs = images < 2000 ? 30 : 50,
    };

    // As it was measured.
    private static NeuralNetworkOptions StepTraining(NetworkArchitecture architecture) => new()
    {
        Architecture = architecture, Recipe = RegularizationRecipe.RnnLstm, Schedule = LearningRateSchedule.OneCycle(), LearningRate = 0.002, BatchSize = 64, MaxEpochs = 15,
    };

    private static string Shares(Situation seen, Func<ColumnFacts, bool> holds) =>
        string.Join(", ", seen.Table.Columns.Where(holds).Select(column => Invariant($"{column.Name} {column.Tells:0.0%}")));

    private static string Groups(TableFacts table)
    {
        var column = table.Columns.First(column => column.Name == table.SamplingKeyColumnName);
        return Invariant($"{column.Distinct:N0} values in {table.LookedAt:N0} rows");
    }
}
