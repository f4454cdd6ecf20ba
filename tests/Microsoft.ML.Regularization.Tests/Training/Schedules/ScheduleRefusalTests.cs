using static Microsoft.ML.Regularization.Tests.Refusal;
using static Microsoft.ML.Regularization.Tests.RefusedTraining;

namespace Microsoft.ML.Regularization.Tests.Training.Schedules;

/// <summary>Learning rate schedules out of range.</summary>
[TestClass]
public sealed class ScheduleRefusalTests
{
    private static IEnumerable<object[]> Cases =>
    [
        Case("Cycles", () => Trainer(Quick with { Schedule = new LogCosineSchedule { Cycles = 0 } }), "LogCosineSchedule.Cycles", "from 1 to 16", "0"),
        Case("WarmUpFraction", () => Trainer(Quick with { Schedule = new CosineSchedule { WarmUpFraction = 1 } }), "CosineSchedule.WarmUpFraction", "below 1", "1"),
        Case("WarmUpStartFactor", () => Trainer(Quick with { Schedule = new LinearSchedule { WarmUpStartFactor = -1 } }), "LinearSchedule.WarmUpStartFactor", "from 0 to 1", "-1"),
        Case("FinalFactor", () => Trainer(Quick with { Schedule = new CosineSchedule { FinalFactor = 2 } }), "CosineSchedule.FinalFactor", "from 0 to 1", "2"),
        Case("FlatFraction", () => Trainer(Quick with { Schedule = new FlatThenCosineSchedule { FlatFraction = 1 } }), "FlatThenCosineSchedule.FlatFraction", "below 1", "1"),
        Case("EveryEpochs", () => Trainer(Quick with { Schedule = new StepSchedule { EveryEpochs = 0 } }), "StepSchedule.EveryEpochs", "at least 1", "0"),
        Case("Factor", () => Trainer(Quick with { Schedule = new StepSchedule { Factor = 0 } }), "StepSchedule.Factor", "above 0", "0"),
        Case("FactorPerEpoch", () => Trainer(Quick with { Schedule = new ExponentialSchedule { FactorPerEpoch = 1.5 } }), "ExponentialSchedule.FactorPerEpoch", "at most 1", "1.5"),
        Case("WarmUpFraction of one cycle", () => Trainer(Quick with { Schedule = new OneCycleSchedule { WarmUpFraction = 0 } }), "OneCycleSchedule.WarmUpFraction", "above 0", "0"),
        Case("StartDivisor", () => Trainer(Quick with { Schedule = new OneCycleSchedule { StartDivisor = 0.5 } }), "OneCycleSchedule.StartDivisor", "at least 1", "0.5"),
        Case("FinalDivisor", () => Trainer(Quick with { Schedule = new OneCycleSchedule { FinalDivisor = 0 } }), "OneCycleSchedule.FinalDivisor", "at least 1", "0"),
        Case("Factor of a plateau", () => Trainer(Quick with { Schedule = new ReduceOnPlateauSchedule { Factor = 1 } }), "ReduceOnPlateauSchedule.Factor", "below 1", "1"),
        Case("Patience of a plateau", () => Trainer(Quick with { Schedule = new ReduceOnPlateauSchedule { Patience = 0 } }), "ReduceOnPlateauSchedule.Patience", "at least 1", "0"),
        Case("Cooldown", () => Trainer(Quick with { Schedule = new ReduceOnPlateauSchedule { Cooldown = -1 } }), "ReduceOnPlateauSchedule.Cooldown", "at least 0", "-1"),
        Case("MinFactor", () => Trainer(Quick with { Schedule = new ReduceOnPlateauSchedule { MinFactor = 1.5 } }), "ReduceOnPlateauSchedule.MinFactor", "from 0 to 1", "1.5"),
        Case("Threshold", () => Trainer(Quick with { Schedule = new ReduceOnPlateauSchedule { Threshold = 1 } }), "ReduceOnPlateauSchedule.Threshold", "below 1", "1"),
    ];

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void An_error_names_what_is_wrong(string name, Action action, string[] fragments) => Check(name, action, fragments);
}
